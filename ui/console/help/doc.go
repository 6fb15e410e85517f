// Package help lists the keys over the rest of the screen, or any long text in
// their place.
package help
