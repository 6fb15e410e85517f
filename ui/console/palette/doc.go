// Package palette finds an action by its name: every one that the console hands
// in, narrowed down while somebody types.
package palette
