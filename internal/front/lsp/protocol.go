package lsp

import (
	"net/url"
	"path/filepath"
	"strings"

	"github.com/mapguard/mapguard/internal/front/format"
)

// The messages of the Language Server Protocol 3.17, the parts that are used. What diagnostics and edits are made of is in package format. There is no
// package of these types that is kept up and can be imported: gopls has its own, below internal.
type (
	initializeParams struct {
		RootURI          string             `json:"rootUri"`
		WorkspaceFolders []workspaceFolder  `json:"workspaceFolders"`
		Capabilities     clientCapabilities `json:"capabilities"`
	}
	clientCapabilities struct {
		Window struct {
			WorkDoneProgress bool `json:"workDoneProgress"`
		} `json:"window"`
		Workspace struct {
			DidChangeWatchedFiles struct {
				DynamicRegistration bool `json:"dynamicRegistration"`
			} `json:"didChangeWatchedFiles"`
		} `json:"workspace"`
	}
	workspaceFolder struct {
		URI  string `json:"uri"`
		Name string `json:"name"`
	}
	initializeResult struct {
		Capabilities serverCapabilities `json:"capabilities"`
		ServerInfo   serverInfo         `json:"serverInfo"`
	}
	serverInfo struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	serverCapabilities struct {
		PositionEncoding   string            `json:"positionEncoding"`
		TextDocumentSync   syncOptions       `json:"textDocumentSync"`
		HoverProvider      bool              `json:"hoverProvider"`
		CodeActionProvider codeActionOptions `json:"codeActionProvider"`
		Workspace          workspaceOptions  `json:"workspace"`
	}
	syncOptions struct {
		OpenClose bool     `json:"openClose"`
		Change    int      `json:"change"`
		Save      struct{} `json:"save"`
	}
	codeActionOptions struct {
		CodeActionKinds []string `json:"codeActionKinds"`
	}
	workspaceOptions struct {
		WorkspaceFolders folderOptions `json:"workspaceFolders"`
	}
	folderOptions struct {
		Supported           bool `json:"supported"`
		ChangeNotifications bool `json:"changeNotifications"`
	}

	textDocument struct {
		URI     string `json:"uri"`
		Version int    `json:"version"`
		Text    string `json:"text"`
	}
	documentParams struct { // of didOpen, didSave, didClose
		TextDocument textDocument `json:"textDocument"`
	}
	changeParams struct {
		TextDocument   textDocument `json:"textDocument"`
		ContentChanges []struct {
			Text string `json:"text"`
		} `json:"contentChanges"`
	}
	foldersParams struct {
		Event struct {
			Added   []workspaceFolder `json:"added"`
			Removed []workspaceFolder `json:"removed"`
		} `json:"event"`
	}
	watchedParams struct {
		Changes []struct {
			URI string `json:"uri"`
		} `json:"changes"`
	}
	actionParams struct {
		TextDocument textDocument `json:"textDocument"`
		Range        format.Range `json:"range"`
		Context      struct {
			Only []string `json:"only"`
		} `json:"context"`
	}
	hoverParams struct {
		TextDocument textDocument    `json:"textDocument"`
		Position     format.Position `json:"position"`
	}
	hover struct {
		Contents markup       `json:"contents"`
		Range    format.Range `json:"range"`
	}
	markup struct {
		Kind  string `json:"kind"`
		Value string `json:"value"`
	}

	registrationParams struct {
		Registrations []registration `json:"registrations"`
	}
	registration struct {
		ID      string       `json:"id"`
		Method  string       `json:"method"`
		Options watchOptions `json:"registerOptions"`
	}
	watchOptions struct {
		Watchers []watcher `json:"watchers"`
	}
	watcher struct {
		GlobPattern string `json:"globPattern"`
	}

	messageParams struct {
		Type    int    `json:"type"`
		Message string `json:"message"`
	}
	createProgress struct {
		Token string `json:"token"`
	}
	progressParams struct {
		Token string        `json:"token"`
		Value progressValue `json:"value"`
	}
	progressValue struct {
		Kind    string `json:"kind"`
		Title   string `json:"title,omitempty"`
		Message string `json:"message,omitempty"`
	}
)

// The kinds of a message to the user.
const (
	errorMessage   = 1
	warningMessage = 2
	infoMessage    = 3
)

const (
	fullSync = 1          // of textDocumentSync: each change brings the whole text
	quickFix = "quickfix" // the kind of all code actions
)

// notInitialized is the protocol's code for requests before initialize.
const notInitialized = -32002

// fileOf returns the path of a file: address, "" for any other, such as that of an untitled buffer.
func fileOf(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" {
		return ""
	}
	path := u.Path
	if len(path) > 2 && path[0] == '/' && path[2] == ':' {
		path = strings.ToUpper(path[1:2]) + path[2:] // /c:/x
	}
	return filepath.Clean(filepath.FromSlash(path))
}

func before(a, b format.Position) bool {
	return a.Line < b.Line || a.Line == b.Line && a.Character < b.Character
}

// touch reports whether two ranges have a place in common, ends included: an editor asks with an empty range where the cursor is.
func touch(a, b format.Range) bool { return !before(a.End, b.Start) && !before(b.End, a.Start) }
