package ui

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"testing/fstest"

	"github.com/evanw/esbuild/pkg/api"
)

// Page returns what the host serves: index.html, and what it names with all that this imports, in one small file each. A
// phone on a busy network then asks for a handful of files, not for a hundred; the sources stay as they are written, beside
// them in source maps. It is made anew at every start, within some 50 ms, so that nothing generated is kept anywhere.
//
// Below js and css only what index.html names is there; everything else is as Files gives it.
func Page() fs.FS {
	page, err := bundle(Files())
	if err != nil {
		// Embedded files that don't fit together are caught by the tests.
		panic(err)
	}
	// The bundler leaves more behind than the program itself ever needs.
	debug.FreeOSMemory()
	return page
}

// engines are the oldest browsers that the page runs in: the last ones of many Windows 7 computers and of phones that get no
// more updates. js/dom/oldbrowser.js names them to everybody else.
var engines = []api.Engine{
	{Name: api.EngineChrome, Version: "105"},
	{Name: api.EngineFirefox, Version: "115"},
	{Name: api.EngineSafari, Version: "16"},
	{Name: api.EngineIOS, Version: "16"},
}

var entry = regexp.MustCompile(`(?:src|href)="/_/((?:js|css)/[^"]+)"`)

func bundle(files fs.FS) (fs.FS, error) {
	page := fstest.MapFS{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || isSource(name) {
			return err
		}
		data, err := fs.ReadFile(files, name)
		page[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		return nil, err
	}
	root := rootOn(runtime.GOOS)
	var entries []api.EntryPoint
	for _, m := range entry.FindAllSubmatch(page["index.html"].Data, -1) {
		name := string(m[1])
		entries = append(entries, api.EntryPoint{InputPath: name, OutputPath: strings.TrimSuffix(name, path.Ext(name))})
	}
	made := api.Build(api.BuildOptions{
		EntryPointsAdvanced: entries,
		Bundle:              true,
		Format:              api.FormatESModule,
		Splitting:           true, // what is imported later is loaded later
		ChunkNames:          "js/[name]-[hash]",
		Engines:             engines,
		Charset:             api.CharsetUTF8,
		MinifyWhitespace:    true,
		MinifySyntax:        true,
		MinifyIdentifiers:   true,
		LegalComments:       api.LegalCommentsEndOfFile,
		Sourcemap:           api.SourceMapLinked,
		AbsWorkingDir:       root,
		Outdir:              root,
		Plugins:             []api.Plugin{from(files)},
	})
	// A warning is told to nobody once the program is built.
	for _, e := range append(made.Errors, made.Warnings...) {
		return nil, fmt.Errorf("the page cannot be bundled: %s (%v)", e.Text, e.Location)
	}
	for _, f := range made.OutputFiles {
		page[nameUnder(root, f.Path)] = &fstest.MapFile{Data: f.Contents}
	}
	return page, nil
}

// isSource tells what goes into the bundle, or is of use to nobody but the type checker.
func isSource(name string) bool {
	switch path.Ext(name) {
	case ".js", ".mjs", ".css", ".mts", ".ts":
		return true
	}
	return false
}

// rootOn stands for the folder of the page, which is on no disk. The bundler wants it to look like a folder of the system.
func rootOn(goos string) string {
	if goos == "windows" {
		return `C:\`
	}
	return "/"
}

// nameUnder gives the page's name for what the bundler put below root.
func nameUnder(root, at string) string {
	slashes := func(s string) string { return strings.ReplaceAll(s, `\`, "/") }
	return strings.TrimPrefix(slashes(at), slashes(root))
}

// from lets the bundler read the embedded files, and nothing else: it would look on the disk otherwise.
func from(files fs.FS) api.Plugin {
	return api.Plugin{Name: "embedded", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			name := a.Path
			if a.Kind != api.ResolveEntryPoint {
				name = path.Join(path.Dir(a.Importer), a.Path)
			}
			return api.OnResolveResult{Path: name, Namespace: "page"}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "page"}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			data, err := fs.ReadFile(files, a.Path)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			text, kind := string(data), api.LoaderJS
			if path.Ext(a.Path) == ".css" {
				kind = api.LoaderCSS
			}
			return api.OnLoadResult{Contents: &text, Loader: kind}, nil
		})
	}}
}
