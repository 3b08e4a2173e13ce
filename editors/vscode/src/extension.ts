// The extension starts mapguard lsp and hands VS Code's folders and Go files to it. All else is the server's.
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("mapguard.restart", restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("mapguard")) {
        void restart();
      }
    }),
  );
  await start();
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}

async function restart(): Promise<void> {
  await client?.stop();
  await start();
}

async function start(): Promise<void> {
  const settings = vscode.workspace.getConfiguration("mapguard");
  const command = settings.get<string>("path", "mapguard");
  const flags = settings.get<string[]>("flags", []);
  const next = new LanguageClient(
    "mapguard",
    "mapguard",
    { command, args: ["lsp", ...flags] },
    { documentSelector: [{ scheme: "file", language: "go" }] },
  );
  client = next;
  try {
    await next.start();
  } catch (error) {
    client = undefined;
    const how = "go install github.com/mapguard/mapguard/cmd/mapguard@latest";
    void vscode.window.showErrorMessage(`mapguard: can't start ${command} lsp (${error}). Install it by ${how}, or set mapguard.path.`);
  }
}
