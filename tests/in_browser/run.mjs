// Runs a Python program in Pyodide: node run.mjs PYODIDE WHEELS ROOT PROGRAM
// PYODIDE is the folder of a release, WHEELS one of wheels to install, ROOT what the program finds as /root.
import { readFileSync, readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [pyodide, wheels, root, program] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: `${pyodide}/` });
await python.loadPackage(["micropip", "numpy", "ipython"], { messageCallback: () => {} });
python.FS.mkdir("/wheels");
python.FS.mkdir("/root");
python.FS.mount(python.FS.filesystems.NODEFS, { root }, "/root");
const names = readdirSync(wheels).filter((name) => name.endsWith(".whl"));
for (const name of names) python.FS.writeFile(`/wheels/${name}`, readFileSync(`${wheels}/${name}`));
try {
  const micropip = python.pyimport("micropip");
  const own = names.filter((name) => name.startsWith("minigraph-"));
  for (const name of [...names.filter((name) => !own.includes(name)), ...own])
    await micropip.install(`emfs:/wheels/${name}`);
  await python.runPythonAsync(readFileSync(program, "utf8"));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
