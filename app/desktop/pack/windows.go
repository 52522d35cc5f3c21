package main

import (
	"bytes"

	"github.com/tc-hib/winres"
	"github.com/tc-hib/winres/version"
)

// windows makes the zip: the program, with its icon, its version and its
// manifest, the guide and the licences.
func (r *release) windows(exe []byte, arch, base string, texts []file) ([]string, error) {
	exe, err := r.dressExe(exe)
	if err != nil {
		return nil, err
	}
	path := base + ".zip"
	files := append([]file{{name: "duologue.exe", data: exe, program: true}, guide()}, texts...)
	return []string{path}, writeZip(path, r.date, files)
}

// dressExe puts the resources into a finished program.
func (r *release) dressExe(exe []byte) ([]byte, error) {
	const english = 0x409
	icon, err := windowsIcon(16, 20, 24, 32, 48, 64, 128, 256)
	if err != nil {
		return nil, err
	}
	rs := &winres.ResourceSet{}
	if err := rs.SetIcon(winres.ID(1), icon); err != nil {
		return nil, err
	}
	rs.SetManifest(winres.AppManifest{
		Description:         "Duologue",
		Compatibility:       winres.Win10AndAbove,
		ExecutionLevel:      winres.AsInvoker,
		DPIAwareness:        winres.DPIPerMonitorV2,
		LongPathAware:       true,
		UseCommonControlsV6: true,
	})
	info := version.Info{FileVersion: r.numbers, ProductVersion: r.numbers, Timestamp: r.date}
	for key, value := range map[string]string{
		version.ProductName: "Duologue", version.FileDescription: "Duologue", version.InternalName: "duologue",
		version.OriginalFilename: "duologue.exe", version.LegalCopyright: "MIT licence",
		version.ProductVersion: r.version, version.FileVersion: r.version,
	} {
		if err := info.Set(english, key, value); err != nil {
			return nil, err
		}
	}
	rs.SetVersionInfo(info)
	var out bytes.Buffer
	err = rs.WriteToEXE(&out, bytes.NewReader(exe))
	return out.Bytes(), err
}
