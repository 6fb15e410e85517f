// Package race sets two labels that ran under one fault side by side: their
// attempts, their copies, their reports and their verdicts.
package race
