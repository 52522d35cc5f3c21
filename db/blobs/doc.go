// Package blobs keeps bytes in a folder beside the store: whole ones under
// their hash, and what still arrives under the id of its upload. Who refers to
// them is not known here.
package blobs
