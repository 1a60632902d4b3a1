package cli

import (
	"io"
	"os"

	"stayput/fault"
	"stayput/present/bundle"
)

type verifyCmd struct {
	Bundle string `arg:"" help:"Evidence bundle (zip)." type:"path"`
	Key    string `help:"The maker's public key, or a file that holds it." placeholder:"FILE|KEY"`
	Since  string `help:"A checkpoint of the same record that was given out earlier." type:"path" placeholder:"FILE"`
	Format string `help:"text or json." enum:"text,json" default:"text"`
}

// Run checks a bundle, and ends with status 1 when it is not as it was made.
func (c *verifyCmd) Run(env *Env, all *commands) error {
	o := bundle.Options{Key: c.Key}
	if data, err := small(c.Key); c.Key != "" && err == nil {
		o.Key = string(data)
	}
	if c.Since != "" {
		data, err := small(c.Since)
		if err != nil {
			return unread(c.Since, err)
		}
		o.Since = data
	}
	f, err := os.Open(c.Bundle)
	if err != nil {
		return unread(c.Bundle, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return unread(c.Bundle, err)
	}
	if !info.Mode().IsRegular() {
		return fault.New(fault.Invalid, fault.Position{File: c.Bundle}, "cli.import_plain")
	}
	rep, err := bundle.Verify(f, info.Size(), o)
	if err != nil {
		return err
	}
	cat := words(all.Lang)
	if c.Format == "json" {
		err = rep.WriteJSON(env.Stdout, cat)
	} else {
		_, err = io.WriteString(env.Stdout, rep.Text(cat))
	}
	if err != nil {
		return err
	}
	if rep.Verdict == bundle.Broken {
		return exitStatus(1)
	}
	return nil
}

// small reads a file that holds a key or a checkpoint.
func small(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, 64<<10))
}

func unread(name string, err error) error {
	key := "file.unreadable"
	if os.IsNotExist(err) {
		key = "file.missing"
	}
	return fault.New(fault.Invalid, fault.Position{File: name}, key).Wrap(err)
}
