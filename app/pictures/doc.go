// Package pictures says what a file is by its bytes, measures pictures, makes
// thumbnails, and takes out what a camera writes beside a picture: the place,
// the device, the time.
//
// Everything here reads files that anybody may have made to do harm: sizes
// are looked at before anything is decoded, decoding is bounded in pixels,
// memory and time, and a fault of a decoder is an answer, not an end.
package pictures
