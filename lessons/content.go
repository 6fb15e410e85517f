// Package lessons embeds the course as it is shipped: content/fr and
// content/en hold one Markdown file a module. Package course reads them, and a
// trainer's own folder in the same form; packages lab, check and bench carry
// out what they hold.
package lessons

import "embed"

// Content is the shipped course: content/<language>/<number>-<name>.md.
//
//go:embed content
var Content embed.FS
