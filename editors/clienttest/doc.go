// Package clienttest runs mapguard lsp under clients that others wrote: headless Neovim, alone and beside gopls, and the protocol package that VS Code's
// client is made of; and efm-langserver as docs/editors.md has it. It needs nvim, efm-langserver, node, npm and unzip on PATH, and minutes the first time:
//
//	go -C editors/clienttest test -count=1 ./...
//
// It is a module of its own, so that nobody who installs mapguard gets gopls.
package clienttest
