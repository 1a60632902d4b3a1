package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// dial opens a connection that says what it likes.
func (a *attacker) dial() (net.Conn, error) {
	return net.DialTimeout("tcp", strings.TrimPrefix(a.p.URL, "http://"), 5*time.Second)
}

// cookie is the session of the browser, as a header.
func (a *attacker) cookie() string {
	u, _ := url.Parse(a.b.Base)
	var all []string
	for _, c := range a.b.Client.Jar.Cookies(u) {
		all = append(all, c.Name+"="+c.Value)
	}
	return strings.Join(all, "; ")
}

// say sends a text as it is and gives the status of the answer; 0 when the
// connection was closed without one.
func (a *attacker) say(text string) (int, error) {
	c, err := a.dial()
	if err != nil {
		return 0, err
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(45 * time.Second))
	_, _ = io.WriteString(c, text)
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return 0, nil
	}
	resp.Body.Close()
	return resp.StatusCode, nil
}

func (a *attacker) host() string { return strings.TrimPrefix(a.p.URL, "http://") }

// gigabytes declares a file of 2 GB and sends it until it is refused; then the
// same without saying how much it will be.
func (a *attacker) gigabytes() (string, error) {
	var said []string
	for _, how := range []string{"declared", "streamed"} {
		c, err := a.dial()
		if err != nil {
			return "", err
		}
		status := make(chan int, 1)
		go func() {
			resp, err := http.ReadResponse(bufio.NewReader(c), nil)
			if err != nil {
				status <- 0
				return
			}
			status <- resp.StatusCode
		}()
		head := "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"film.mp4\"\r\nContent-Type: video/mp4\r\n\r\n"
		length := fmt.Sprintf("Content-Length: %d", 2<<30)
		if how == "streamed" {
			length = "Transfer-Encoding: chunked"
		}
		fmt.Fprintf(c, "POST %s/add?any=1 HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nCookie: %s\r\nContent-Type: multipart/form-data; boundary=b\r\n%s\r\n\r\n", a.home, a.host(), a.p.URL, a.cookie(), length)
		piece := make([]byte, 1<<20)
		sent, got := 0, -1
		_ = c.SetWriteDeadline(time.Now().Add(2 * time.Minute))
		write := func(b []byte) error {
			if how == "streamed" {
				if _, err := fmt.Fprintf(c, "%x\r\n", len(b)); err != nil {
					return err
				}
				if _, err := c.Write(b); err != nil {
					return err
				}
				b = []byte("\r\n")
			}
			_, err := c.Write(b)
			return err
		}
		err = write([]byte(head))
		for err == nil && sent < 2<<30 && got < 0 {
			err = write(piece)
			sent += len(piece)
			select {
			case got = <-status:
			default:
			}
		}
		if got < 0 {
			select {
			case got = <-status:
			case <-time.After(15 * time.Second):
			}
		}
		c.Close()
		if got != http.StatusRequestEntityTooLarge && got != 0 {
			return "", fmt.Errorf("%s, it was answered with %d", how, got)
		}
		if sent > 260<<20 {
			return "", fmt.Errorf("%s, %d MB were taken before it was refused", how, sent>>20)
		}
		said = append(said, fmt.Sprintf("%s, refused after %d MB (status %d)", how, sent>>20, got))
	}
	return strings.Join(said, "; "), nil
}

// brokenForms sends bodies that are not what their headers say.
func (a *attacker) brokenForms() (string, error) {
	head := fmt.Sprintf("POST %s/add HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nCookie: %s\r\nConnection: close\r\n", a.home, a.host(), a.p.URL, a.cookie())
	many := strings.Repeat("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n", 20_000) + "--b--\r\n"
	deep := "--b\r\n" + strings.Repeat("X-Header: "+strings.Repeat("y", 1000)+"\r\n", 2000) + "Content-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--b--\r\n"
	files := strings.Repeat("--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\n1\r\n", 500) + "--b--\r\n"
	n := 0
	for _, body := range []string{
		"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 0\r\n\r\n",
		"Content-Type: multipart/form-data\r\nContent-Length: 3\r\n\r\nabc",
		"Content-Type: multipart/form-data; boundary=\"" + strings.Repeat("b", 5000) + "\"\r\nContent-Length: 3\r\n\r\nabc",
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\n%zz",
		"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
		"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: " + fmt.Sprint(len(many)) + "\r\n\r\n" + many,
		"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: " + fmt.Sprint(len(deep)) + "\r\n\r\n" + deep,
		"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: " + fmt.Sprint(len(files)) + "\r\n\r\n" + files,
		"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"Content-Length: -5\r\n\r\n",
		"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
		"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nabc",
		"Transfer-Encoding: xchunked\r\n\r\nabc",
		"Expect: 100-continue\r\nContent-Length: 10\r\n\r\n0123456789",
	} {
		status, err := a.say(head + body)
		if err != nil {
			return "", err
		}
		if status != 0 && (status < 400 || status >= 500) && status != 501 {
			return "", fmt.Errorf("%.60q was answered with %d", body, status)
		}
		n++
	}
	return fmt.Sprintf("%d refused", n), nil
}

// longHeaders sends headers of many sizes.
func (a *attacker) longHeaders() (string, error) {
	var said []string
	for _, n := range []int{10_000, 30_000, 100_000, 5_000_000} {
		for _, form := range []string{"X-Long: %s\r\n", "Cookie: stayput=%s\r\n"} {
			status, err := a.say("GET / HTTP/1.1\r\nHost: " + a.host() + "\r\n" + fmt.Sprintf(form, strings.Repeat("a", n)) + "Connection: close\r\n\r\n")
			if err != nil {
				return "", err
			}
			// Nobody has entered: the program asks to, or refuses the headers.
			if status >= 500 || status == 200 {
				return "", fmt.Errorf("%d bytes of headers were answered with %d", n, status)
			}
			said = append(said, fmt.Sprint(status))
		}
	}
	many := strings.Repeat("X-A: b\r\n", 100_000)
	if status, err := a.say("GET / HTTP/1.1\r\nHost: " + a.host() + "\r\n" + many + "\r\n"); err != nil || status == 200 || status >= 500 {
		return "", fmt.Errorf("100,000 headers were answered with %d: %v", status, err)
	}
	long := "/search?q=" + strings.Repeat("a", 20_000)
	got, err := a.b.Get(long)
	if err != nil || got.Status >= 500 {
		return "", fmt.Errorf("a long address: %v %v", got, err)
	}
	return "answered with " + strings.Join(said, ", "), nil
}

// otherHost asks under names that are not the program's.
func (a *attacker) otherHost() (string, error) {
	n := 0
	for _, host := range []string{"evil.example", "evil.example:80", "localhost.evil.example", "localhost", "localhost:1", "127.0.0.1:80", "[::1]:80", "", "0.0.0.0" + a.host()[strings.LastIndex(a.host(), ":"):], a.host() + ".", "user@" + a.host()} {
		status, err := a.say("GET / HTTP/1.1\r\nHost: " + host + "\r\nCookie: " + a.cookie() + "\r\nConnection: close\r\n\r\n")
		if err != nil {
			return "", err
		}
		if status != http.StatusMisdirectedRequest && status != http.StatusBadRequest {
			return "", fmt.Errorf("%q was answered with %d", host, status)
		}
		n++
	}
	// The whole address in the first line counts as the host, too.
	status, err := a.say("GET http://evil.example/ HTTP/1.1\r\nHost: " + a.host() + "\r\nCookie: " + a.cookie() + "\r\nConnection: close\r\n\r\n")
	if err != nil || status != http.StatusMisdirectedRequest {
		return "", fmt.Errorf("an address of another host was answered with %d: %v", status, err)
	}
	return fmt.Sprintf("%d refused", n+1), nil
}

// slow opens many connections, says the beginning and then a byte now and then;
// it gives how many the program closed.
func (a *attacker) slow(conns int, begin, drip string, every, most time.Duration) (closed int, slowest time.Duration, err error) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	end := time.Now().Add(most)
	for range conns {
		c, err := a.dial()
		if err != nil {
			return 0, 0, err
		}
		wg.Go(func() {
			defer c.Close()
			_, _ = io.WriteString(c, begin)
			gone := make(chan struct{})
			go func() { _, _ = io.Copy(io.Discard, c); close(gone) }()
			for time.Now().Before(end) {
				select {
				case <-gone:
					mu.Lock()
					closed++
					mu.Unlock()
					return
				case <-time.After(every):
					_, _ = io.WriteString(c, drip)
				}
			}
		})
	}
	// Meanwhile somebody works.
	for time.Now().Before(end) {
		began := time.Now()
		got, err := a.b.Get(a.home)
		if err != nil || got.Status != http.StatusOK {
			return 0, 0, fmt.Errorf("meanwhile the case is not served: %v", err)
		}
		slowest = max(slowest, time.Since(began))
		time.Sleep(500 * time.Millisecond)
	}
	wg.Wait()
	return closed, slowest, nil
}

// slowHeaders trickles the headers of many requests.
func (a *attacker) slowHeaders() (string, error) {
	conns := 300
	if a.short {
		conns = 50
	}
	closed, slowest, err := a.slow(conns, "GET / HTTP/1.1\r\nHost: "+a.host()+"\r\n", "X-A: b\r\n", time.Second, 14*time.Second)
	if err != nil {
		return "", err
	}
	if closed != conns {
		return "", fmt.Errorf("%d of %d connections were let trickle on", conns-closed, conns)
	}
	return fmt.Sprintf("all %d connections closed; meanwhile the slowest page took %s", conns, slowest.Round(time.Millisecond)), nil
}

// slowBodies trickles the bodies of many forms.
func (a *attacker) slowBodies() (string, error) {
	conns, most := 200, 35*time.Second
	if a.short {
		conns, most = 20, 3*time.Second
	}
	begin := fmt.Sprintf("POST /settings HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nCookie: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n", a.host(), a.p.URL, a.cookie())
	closed, slowest, err := a.slow(conns, begin, "a", time.Second, most)
	if err != nil {
		return "", err
	}
	if !a.short && closed != conns {
		return "", fmt.Errorf("%d of %d connections were let trickle on", conns-closed, conns)
	}
	return fmt.Sprintf("%d of %d connections closed within %s; meanwhile the slowest page took %s", closed, conns, most, slowest.Round(time.Millisecond)), nil
}
