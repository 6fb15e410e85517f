// Package form is what the forms of the console are made of: rows of which each
// is typed, chosen, or an action, and the lab line that they come to.
package form
