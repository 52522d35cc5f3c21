// Package assets reads the files of the page that the program carries, names
// their version by a hash of them all, and packs what gets smaller. It sends
// nothing: which file a call gets, and with which headers, is not here.
package assets
