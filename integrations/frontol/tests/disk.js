// The disk of a till, as Scripting.FileSystemObject shows it.

export class Disk {
  files = new Map();
  folders = new Set();
  isReadOnly = false;

  /** Returns the texts of the files in a folder, by name. */
  in(folder) {
    const names = [...this.files.keys()].filter((path) => path.startsWith(`${folder}\\`)).sort();
    return names.map((path) => this.files.get(path));
  }

  get object() {
    const { files, folders } = this;
    const change = () => {
      if (this.isReadOnly) throw new Error("Permission denied");
    };
    const known = (path) => {
      if (!files.has(path)) throw new Error(`File not found: ${path}`);
      return path;
    };
    const writer = (path) => ({
      Write: (text) => void files.set(path, files.get(path) + text),
      WriteLine: (text) => void files.set(path, `${files.get(path)}${text}\r\n`),
      Close() {},
    });
    return {
      FolderExists: (path) => folders.has(path),
      CreateFolder: (path) => (change(), void folders.add(path)),
      FileExists: (path) => files.has(path),
      DeleteFile: (path) => (change(), void files.delete(known(path))),
      MoveFile: (from, to) => {
        change();
        if (files.has(to)) throw new Error("File already exists");
        files.set(to, files.get(known(from)));
        files.delete(from);
      },
      CreateTextFile: (path) => (change(), files.set(path, ""), writer(path)),
      OpenTextFile: (path, mode) => {
        if (mode === 1) {
          const text = files.get(known(path));
          return { AtEndOfStream: text === "", ReadAll: () => text, Close() {} };
        }
        change();
        if (!files.has(path)) files.set(path, "");
        return writer(path);
      },
      GetFile: (path) => ({ Size: files.get(known(path)).length * 2 }),
      GetFolder: (path) => ({
        Files: [...files.keys()].filter((file) => file.startsWith(`${path}\\`)).map((file) => ({ Name: file.slice(path.length + 1) })),
      }),
    };
  }
}
