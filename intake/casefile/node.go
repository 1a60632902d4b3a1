package casefile

import (
	"stayput/format/yaml"
)

// FromNode reads a case that is already parsed, such as one a worked example
// carries. Errors are as in Read.
func FromNode(root *yaml.Node) (*File, error) {
	return read(root)
}
