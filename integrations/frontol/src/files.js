// The folder of the module: log, queue, and for whom the file was made. A folder that cannot be
// written stops no sale.

var BONEX_LOG_BYTES = 524288;
var bonexFileSystem = null;
// What could not be written into the folder, the oldest first.
var bonexUnwritten = [];
var bonexFileNumber = 0;

function bonexFiles() {
  if (bonexFileSystem === null) {
    bonexFileSystem = new ActiveXObject("Scripting.FileSystemObject");
  }
  return bonexFileSystem;
}

// Returns the path of a folder of the module and makes it if it is missing.
function bonexFolder(name) {
  var files = bonexFiles();
  var path = name ? BONEX_FOLDER + "\\" + name : BONEX_FOLDER;
  if (!files.FolderExists(BONEX_FOLDER)) {
    files.CreateFolder(BONEX_FOLDER);
  }
  if (!files.FolderExists(path)) {
    files.CreateFolder(path);
  }
  return path;
}

// Writes a whole file: under another name first, so that a power failure leaves no half of it.
function bonexWrite(path, text) {
  var files = bonexFiles();
  var file = files.CreateTextFile(path + ".new", true, false);
  file.Write(text);
  file.Close();
  if (files.FileExists(path)) {
    files.DeleteFile(path, true);
  }
  files.MoveFile(path + ".new", path);
}

function bonexRead(path) {
  var file = bonexFiles().OpenTextFile(path, 1, false, 0);
  var text = file.AtEndOfStream ? "" : file.ReadAll();
  file.Close();
  return text;
}

// Hides what nobody may read in a log: keys, and all of a phone but its last four digits.
function bonexHidden(text) {
  return String(text)
    .replace(/[0-9a-fA-F]{32,}/g, "***")
    .replace(/(\+|%2B)?\d{5,11}(\d{4})/g, "***$2");
}

function bonexLog(text) {
  try {
    var path = bonexFolder("") + "\\bonex.log";
    var files = bonexFiles();
    if (files.FileExists(path) && files.GetFile(path).Size > BONEX_LOG_BYTES) {
      if (files.FileExists(path + ".1")) {
        files.DeleteFile(path + ".1", true);
      }
      files.MoveFile(path, path + ".1");
    }
    var file = files.OpenTextFile(path, 8, true, -1);
    file.WriteLine(bonexMoment(new Date()) + " " + bonexHidden(text));
    file.Close();
  } catch (error) {
    // Without a log the till works on.
    return;
  }
}

// Returns the path of a new file of the queue. Names are in the order of time; a clock that was set
// back must not overwrite what waits.
function bonexQueueFile() {
  var folder = bonexFolder("queue") + "\\";
  var name;
  do {
    bonexFileNumber++;
    name = ("000000000000000" + new Date().getTime()).slice(-15) + "-" +
      ("0000" + bonexFileNumber).slice(-5) + ".json";
  } while (bonexFiles().FileExists(folder + name));
  return folder + name;
}
