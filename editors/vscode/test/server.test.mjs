// Speaks to mapguard lsp by the protocol package that VS Code's client is made of, and has its types check what comes back. MAPGUARD names the binary.
import assert from "node:assert";
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import test from "node:test";
import protocol from "vscode-languageserver-protocol/node";

const { CodeAction, Diagnostic, Hover, WorkspaceEdit } = protocol;

const server = `package demo

import "sync"

type Server struct {
	mu   sync.Mutex
	hits map[string]int
}

func (s *Server) Count(k string) {
	s.mu.Lock()
	s.hits[k]++
	s.mu.Unlock()
}

func (s *Server) Each(f func(string)) {
	/* é 😀 */ for k := range s.hits {
		f(k)
	}
}

func show(s Server) { s.Count("") }
`;

test("what the server sends is what the protocol says", { timeout: 120_000 }, async () => {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "mapguard-")));
  const files = { "go.mod": "module example.com/demo\n\ngo 1.26\n", "server.go": server, "show.go": "package demo\n\nfunc Show(s *Server) { show(*s) }\n" };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(dir, name), text);
  }
  const mapguard = process.env.MAPGUARD ?? "mapguard";
  const child = spawn(mapguard, ["lsp"], { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, GOWORK: "off" } });
  const connection = protocol.createProtocolConnection(new protocol.StreamMessageReader(child.stdout), new protocol.StreamMessageWriter(child.stdin));
  const uri = pathToFileURL(join(dir, "server.go")).toString();
  const published = new Promise((resolve) => {
    connection.onNotification(protocol.PublishDiagnosticsNotification.type, (p) => {
      if (p.uri === uri && p.diagnostics.length >= 2) {
        resolve(p);
      }
    });
  });
  connection.onRequest(protocol.RegistrationRequest.type, () => {});
  connection.listen();
  const root = pathToFileURL(dir).toString();
  const init = await connection.sendRequest(protocol.InitializeRequest.type, {
    processId: process.pid, rootUri: root, workspaceFolders: [{ uri: root, name: "demo" }],
    capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
  });
  assert.equal(init.capabilities.positionEncoding, "utf-16");
  await connection.sendNotification(protocol.InitializedNotification.type, {});
  await connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: "go", version: 1, text: server } });
  const { diagnostics } = await published;
  for (const d of diagnostics) {
    assert.ok(Diagnostic.is(d), JSON.stringify(d));
    assert.ok(d.relatedInformation.length > 0);
  }
  const each = diagnostics.find((d) => d.code === "unguardedmap");
  assert.deepEqual(each.range.start, { line: 16, character: "\t/* é 😀 */ ".length }, "columns count as JavaScript does");
  const textDocument = { uri };
  const range = diagnostics.find((d) => d.code === "lockcopy").range;
  const actions = await connection.sendRequest(protocol.CodeActionRequest.type, { textDocument, range, context: { diagnostics } });
  assert.ok(actions.length >= 2);
  for (const a of actions) {
    assert.ok(CodeAction.is(a) && WorkspaceEdit.is(a.edit), JSON.stringify(a));
  }
  assert.equal(Object.keys(actions[0].edit.changes).length, 2);
  const hover = await connection.sendRequest(protocol.HoverRequest.type, { textDocument, position: { line: 6, character: 2 } });
  assert.ok(Hover.is(hover), JSON.stringify(hover));
  await connection.sendRequest(protocol.ShutdownRequest.type);
  await connection.sendNotification(protocol.ExitNotification.type);
  const code = await new Promise((resolve) => child.on("exit", resolve));
  assert.equal(code, 0);
});

test("vsce takes the manifest and packs what runs", () => {
  const file = join(mkdtempSync(join(tmpdir(), "mapguard-")), "mapguard.vsix");
  execFileSync("npx", ["vsce", "package", "--skip-license", "--out", file], { stdio: "pipe" });
  const list = execFileSync("unzip", ["-Z1", file], { encoding: "utf8" }).trim().split("\n");
  const own = list.filter((name) => name.startsWith("extension/") && !name.startsWith("extension/node_modules/"));
  assert.deepEqual(own.sort(), ["extension/out/extension.js", "extension/package.json", "extension/readme.md"]);
  assert.ok(list.includes("extension/node_modules/vscode-languageclient/package.json"));
});
