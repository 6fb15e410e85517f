package api

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

func (d *document) health() huma.Operation {
	o := operation(http.MethodGet, "/health", "health", "health", "The process answers", "")
	o.Responses["200"] = d.json("It does", healthAnswer{}, example{"healthy", "it does", healthAnswer{Status: "healthy"}})
	d.refusals(&o)
	return o
}

func (d *document) ready() huma.Operation {
	o := operation(http.MethodGet, "/health/ready", "ready", "health", "The cluster answers, within two seconds", "")
	o.Responses["200"] = d.json("It does", healthAnswer{}, example{"ready", "it does", healthAnswer{Status: "ready"}})
	late := refuse(notReady, "", say("the log can't be read: no answer in time. Is every broker up? (brokers, broker start, broker thaw)", ""), say("ask again in a moment", ""))
	late.after = 1
	d.refusals(&o, late)
	return o
}

func (d *document) prometheus() huma.Operation {
	o := operation(http.MethodGet, "/metrics", "prometheus", "health", "Everything that is counted, as Prometheus reads it", "Counters begin at zero with each run, as after a restart.")
	o.Responses["200"] = &huma.Response{Description: "Text format 0.0.4", Content: map[string]*huma.MediaType{"text/plain": {
		Schema:   &huma.Schema{Type: "string"},
		Examples: map[string]*huma.Example{"sent": {Summary: "one family", Value: "# HELP atelier_sent_total Messages handed to the producer.\n# TYPE atelier_sent_total counter\natelier_sent_total{mode=\"plain\",sending=\"sync\"} 2\n"}},
	}}}
	d.refusals(&o)
	return o
}
