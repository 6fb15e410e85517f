package api

import (
	"net/http"
	"time"

	"atelier/assets/words"
	"atelier/kafka"
	"atelier/kafka/ledger"
	"atelier/lessons/check/spell"
)

// messageAnswer is all that is known of one message.
type messageAnswer struct {
	EventID string         `json:"eventId"`
	Run     string         `json:"run"`
	Began   time.Time      `json:"began" doc:"the wall clock at the run's zero: all times are milliseconds from there"`
	Count   int64          `json:"count" doc:"how often it was sent"`
	Sends   []sendOf       `json:"sends" doc:"the latest of them, oldest first"`
	Audited bool           `json:"audited" doc:"an audit has looked since its last send"`
	Copies  *int64         `json:"copies" doc:"in the log; null where no audit looked"`
	Verdict *string        `json:"verdict" enum:"once,duplicate,lost,absent" doc:"null where no audit looked"`
	Ghost   *bool          `json:"ghost" doc:"written although it was not acked; null where no audit looked"`
	Records []recordAnswer `json:"records" doc:"where copies stand, as far as that is kept; null where no audit looked"`
	Note    string         `json:"note,omitempty"`
}

// sendOf is one send of a message, and what the producer was told of it.
type sendOf struct {
	RequestID string          `json:"requestId"`
	Origin    string          `json:"origin" enum:"console,api" doc:"the door it came through"`
	Topic     string          `json:"topic"`
	Key       string          `json:"key,omitempty"`
	Mode      string          `json:"mode"`
	SendMode  string          `json:"sendMode"`
	Report    string          `json:"report" enum:"pending,acked,failed,unknown,fired"`
	Reason    string          `json:"reason,omitempty"`
	Client    string          `json:"clientError,omitempty"`
	Partition *int32          `json:"partition"`
	Offset    *int64          `json:"offset"`
	Sent      *float64        `json:"sentMs" doc:"null where details are not kept any more"`
	Reported  *float64        `json:"reportedMs"`
	Attempts  []attemptAnswer `json:"attempts" doc:"null where details are not kept any more"`
	More      int             `json:"moreAttempts,omitempty" doc:"whose details were not kept"`
	Note      string          `json:"note,omitempty" doc:"what is not known any more"`
}

// attemptAnswer is one Produce request that carried a message. A moment that
// nobody could see is null.
type attemptAnswer struct {
	Broker       int32    `json:"broker"`
	ClientID     string   `json:"clientId"`
	ProducerID   int64    `json:"producerId" doc:"-1: none"`
	Epoch        int16    `json:"epoch"`
	BaseSequence int32    `json:"baseSequence"`
	Departed     *float64 `json:"departedMs"`
	Arrived      *float64 `json:"arrivedMs"`
	Answered     *float64 `json:"answeredMs"`
	Heard        *float64 `json:"heardMs"`
	Outcome      string   `json:"outcome" enum:"pending,acked,refused,timed-out,cut,unasked"`
	Code         string   `json:"code,omitempty" doc:"of the broker's answer, as Kafka's own pages call it"`
}

type recordAnswer struct {
	Topic     string `json:"topic"`
	Partition int32  `json:"partition"`
	Offset    int64  `json:"offset"`
}

// message tells the story of one message.
func (s *Server) message(_ http.ResponseWriter, r *http.Request) (any, int, error) {
	id := r.PathValue("eventId")
	story, there := s.bench.Ledger().Story(id)
	if !there {
		return nil, 0, refuse(notFound, "eventId", say("no message %s was sent in this run", "aucun message %s n’a été envoyé dans cet essai", spell.Quote(id)),
			say("its id is the eventId of the answer to its send. A reset begins a new run, which knows nothing of the last", "son id est l’eventId de la réponse à son envoi. Un reset commence un nouvel essai, qui ne sait rien du dernier"))
	}
	a := messageAnswer{EventID: id, Run: story.Run, Began: story.Clock, Count: story.Sends, Audited: story.Judged}
	for i := range story.Told {
		a.Sends = append(a.Sends, s.sendOf(story.Run, &story.Told[i], s.langOf(r)))
	}
	if !story.Judged {
		a.Note = say("not audited: nobody has looked into the log since its last send. POST /api/v1/audit", "pas d’audit : personne n’a regardé le journal depuis son dernier envoi. POST /api/v1/audit").In(s.langOf(r))
		return a, http.StatusOK, nil
	}
	verdict := [...]string{ledger.Once: "once", ledger.Duplicate: "duplicate", ledger.Lost: "lost", ledger.Absent: "absent"}[story.Verdict]
	a.Copies, a.Verdict, a.Ghost = &story.Copies, &verdict, &story.Ghost
	a.Records = []recordAnswer{}
	for _, p := range story.Records {
		a.Records = append(a.Records, recordAnswer{p.Partition.Topic, p.Partition.ID, p.Offset})
	}
	return a, http.StatusOK, nil
}

func (s *Server) sendOf(run string, x *ledger.Send, lang words.Lang) sendOf {
	a := sendOf{
		RequestID: string(ledger.NewIdentity(run).AppendID(nil, x.Ref)), Origin: x.Origin, Topic: x.Topic, Key: x.Key, Mode: x.Mode, SendMode: x.Sending,
		Report: reportName(x.Report), Reason: string(x.Reason), Client: x.Err,
	}
	if a.Origin == "" {
		a.Origin = "console"
	}
	if !x.Known {
		a.Note = notKept.In(lang)
		s.remember(&a)
		return a
	}
	if x.Partition >= 0 {
		a.Partition = &x.Partition
	}
	if x.Offset >= 0 {
		a.Offset = &x.Offset
	}
	a.Sent = moment(x.Sent)
	if x.Report != ledger.NoReport {
		a.Reported = moment(x.Reported)
	}
	if x.Partial {
		a.Note = notKept.In(lang)
		return a
	}
	a.Attempts, a.More = []attemptAnswer{}, x.More+len(x.Message.Attempts)-len(x.Attempts)
	for i := range x.Attempts {
		a.Attempts = append(a.Attempts, attemptOf(&x.Attempts[i]))
	}
	return a
}

// remember completes a send from the request that asked for it: that remembers
// its report longer than the ledger does.
func (s *Server) remember(a *sendOf) {
	q, there := s.desk.find(a.RequestID)
	if !there || !q.heard {
		return
	}
	report := q.told.Report
	a.Reason, a.Client = string(report.Reason), report.Err
	if report.Partition >= 0 {
		a.Partition = &report.Partition
	}
	if report.Offset >= 0 {
		a.Offset = &report.Offset
	}
}

func attemptOf(x *ledger.Attempt) attemptAnswer {
	outcome, _ := x.Outcome.MarshalText() // one that there is
	a := attemptAnswer{
		Broker: x.Broker, ClientID: x.ClientID, ProducerID: x.ProducerID, Epoch: x.Epoch, BaseSequence: x.BaseSequence,
		Departed: moment(x.Departed), Arrived: moment(x.Arrived), Answered: moment(x.Answered), Heard: moment(x.Heard),
		Outcome: string(outcome),
	}
	if x.Answered >= 0 || x.Heard >= 0 {
		a.Code = kafka.CodeName(x.Code)
	}
	return a
}

// moment is a time since the run began, in ms; nil where it was not seen.
func moment(d time.Duration) *float64 {
	if d < 0 {
		return nil
	}
	ms := millis(d)
	return &ms
}
