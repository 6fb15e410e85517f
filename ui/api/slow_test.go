package api_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
)

// A body that does not come is answered, whoever was to read it, and its
// connection ends: after the ten seconds that a body has, all of them at once.
func TestASlowBody(t *testing.T) {
	t.Parallel()
	w := open(t)
	var all sync.WaitGroup
	for request, status := range map[string]int{
		"POST /api/v1/send":          408,
		"POST /api/v1/toxics":        408,
		"POST /api/v1/lab":           408,
		"POST /api/v1/audit":         408,
		"GET /health":                408,
		"GET /api/v1/events":         408,
		"POST /api/v1/send?mesage=x": 400,
		"POST /api/v1/nothing":       404,
		"PUT /health":                405,
	} {
		for length, body := range map[string]string{"Content-Length: 1000": `{"me`, "Transfer-Encoding: chunked": "3e8\r\n{\"me"} {
			all.Go(func() {
				got, problem, err := w.slow(fmt.Sprintf("%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n%s\r\n\r\n%s", request, length, body))
				if err != nil || got != status || problem["action"] == "" || status == http.StatusRequestTimeout && problem["field"] != "body" {
					t.Errorf("%s, %s: %d %v %v", request, length, got, problem, err)
				}
			})
		}
	}
	all.Wait()
}

// slow sends what is never ended, and waits for the answer and for the
// connection's end.
func (w *world) slow(request string) (status int, problem map[string]any, err error) {
	conn, err := net.Dial("tcp", w.server.Addr())
	if err != nil {
		return 0, nil, err
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, request); err != nil {
		return 0, nil, err
	}
	in := bufio.NewReader(conn)
	response, err := http.ReadResponse(in, nil)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&problem); err != nil {
		return response.StatusCode, nil, err
	}
	if rest, err := io.ReadAll(in); err != nil || len(rest) > 0 {
		return response.StatusCode, problem, fmt.Errorf("the connection did not end: %q, %w", rest, err)
	}
	return response.StatusCode, problem, nil
}
