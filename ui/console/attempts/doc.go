// Package attempts draws one lane a message on a shared time axis: when each
// request left, arrived, was answered, and was heard or given up.
package attempts
