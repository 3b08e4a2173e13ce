-- Opens a file with efm-langserver, configured as docs/editors.md says, and writes down what it shows.
local out = assert(io.open(os.getenv("NVIM_OUT"), "w"))
vim.cmd("edit " .. os.getenv("NVIM_FILE"))
vim.bo.filetype = "go"
local buf = vim.api.nvim_get_current_buf()
local id = vim.lsp.start_client({ name = "efm", cmd = { "efm-langserver", "-c", os.getenv("EFM") }, root_dir = os.getenv("NVIM_ROOT") })
vim.lsp.buf_attach_client(buf, id)
vim.wait(60000, function() return #vim.diagnostic.get(buf) > 0 end, 50)
local seen = { diagnostics = {} }
for _, d in ipairs(vim.diagnostic.get(buf)) do
  table.insert(seen.diagnostics, { line = d.lnum, col = d.col, message = d.message })
end
out:write(vim.json.encode(seen))
out:close()
vim.cmd("qa!")
