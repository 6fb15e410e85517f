package access

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/twmb/franz-go/pkg/kmsg"
)

// NotKafka is an answer that no broker gives. It holds how the answer began.
type NotKafka struct{ Began []byte }

func (e *NotKafka) Error() string { return fmt.Sprintf("the answer is not Kafka's: %q", e.Began) }

// maxAnswer bounds an answer to a request of ours, in bytes: a cluster's
// brokers fit in, and no other protocol's first bytes do.
const maxAnswer = 4 << 20

// Ask sends one request by a connection and returns the answer. Deadlines are
// the caller's. Requests and answers must not be flexible.
func Ask(conn net.Conn, request kmsg.Request) (kmsg.Response, error) {
	const correlation = 7
	formatter := kmsg.NewRequestFormatter(kmsg.FormatterClientID("atelier"))
	if _, err := conn.Write(formatter.AppendRequest(nil, request, correlation)); err != nil {
		return nil, err
	}
	var head [8]byte // size and correlation id
	if n, err := io.ReadFull(conn, head[:]); err != nil {
		if n > 0 && errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, &NotKafka{head[:n]}
		}
		return nil, err
	}
	size := binary.BigEndian.Uint32(head[:])
	if size < 4 || size > maxAnswer || binary.BigEndian.Uint32(head[4:]) != correlation {
		return nil, &NotKafka{head[:]}
	}
	body := make([]byte, size-4)
	if _, err := io.ReadFull(conn, body); err != nil {
		return nil, err
	}
	response := request.ResponseKind()
	response.SetVersion(request.GetVersion())
	if err := response.ReadFrom(body); err != nil {
		return nil, &NotKafka{head[:]}
	}
	return response, nil
}
