// Package config reads what flags and the environment ask for, and makes the
// options of a host of it. It is the only room above the host: what a host is
// like when nothing is asked for, and what the options do, is in package app.
package config
