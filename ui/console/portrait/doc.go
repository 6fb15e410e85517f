// Package portrait turns a frame of the console into a picture, as SVG: what a
// terminal was told to show, in a file that a web page shows. It knows of no
// pane and of no Kafka.
//
// A viewer has the fonts that it has, and none is as wide as another. So every
// character has its own place, and lines are drawn as lines, as terminals do
// it too: what touches on the screen touches in every viewer.
package portrait
