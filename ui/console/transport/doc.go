// Package transport is slow motion: the pane that plays a run again from its
// tape, and the line below the views that says where the tape stands and which
// keys move it. The console shows the views what Seen returns.
package transport
