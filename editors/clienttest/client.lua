-- Opens a file with mapguard lsp, and with gopls if there is one, makes the fix of a finding, and writes down what it saw. For Neovim 0.7 and later.
local env = os.getenv
local seen = { diagnostics = {}, titles = {} }

local function finish(err)
  seen.error = err
  local out = assert(io.open(env("NVIM_OUT"), "w"))
  out:write(vim.json.encode(seen))
  out:close()
  vim.cmd("qa!")
end

local function main()
  vim.cmd("edit " .. env("NVIM_FILE"))
  local buf = vim.api.nvim_get_current_buf()
  local function start(name, cmd)
    local id = assert(vim.lsp.start_client({ name = name, cmd = cmd, root_dir = env("NVIM_ROOT") }))
    vim.lsp.buf_attach_client(buf, id)
  end
  start("mapguard", { env("MAPGUARD"), "lsp" })
  if env("GOPLS") then
    start("gopls", { env("GOPLS") })
  end
  local function from(source)
    return vim.tbl_filter(function(d) return d.source == source end, vim.diagnostic.get(buf))
  end
  local wanted = { "mapguard" }
  if env("GOPLS") then
    table.insert(wanted, "assign") -- of go vet's suite, which gopls runs
  end
  for _, source in ipairs(wanted) do
    if not vim.wait(60000, function() return #from(source) > 0 end, 50) then
      error("no diagnostics from " .. source .. ": " .. vim.inspect(vim.diagnostic.get(buf)))
    end
  end
  for _, d in ipairs(vim.diagnostic.get(buf)) do
    local lsp = d.user_data.lsp
    table.insert(seen.diagnostics, {
      source = d.source, line = d.lnum, col = d.col, message = d.message,
      code = lsp.code, href = (lsp.codeDescription or {}).href, related = #(lsp.relatedInformation or {}),
    })
  end

  -- Hover.
  vim.api.nvim_win_set_cursor(0, { tonumber(env("NVIM_HOVER")), 2 })
  local answers = vim.lsp.buf_request_sync(buf, "textDocument/hover", vim.lsp.util.make_position_params(0, "utf-16"), 10000)
  for _, a in pairs(answers or {}) do
    if a.result and a.result.contents and vim.inspect(a.result.contents):find("is guarded by") then
      seen.hover = a.result.contents.value
    end
  end

  -- The fix, chosen among what all servers offer.
  local chosen = false
  vim.ui.select = function(items, opts, choose)
    for _, item in ipairs(items) do
      table.insert(seen.titles, (opts.format_item(item)))
    end
    for _, item in ipairs(items) do
      if opts.format_item(item):find("Make the parameter") then
        chosen = true
        choose(item)
        return
      end
    end
    choose(nil)
  end
  vim.api.nvim_win_set_cursor(0, { tonumber(env("NVIM_LINE")), tonumber(env("NVIM_COL")) })
  vim.lsp.buf.code_action()
  if not vim.wait(20000, function() return chosen or #seen.titles > 0 end, 50) then
    error("no code actions")
  end
  vim.wait(500)
  vim.cmd("wall")
  -- Saved: the finding goes.
  if not vim.wait(60000, function()
    return #vim.tbl_filter(function(d) return d.user_data.lsp.code == "lockcopy" end, from("mapguard")) == 0
  end, 50) then
    error("the finding stays: " .. vim.inspect(from("mapguard")))
  end
  finish(nil)
end

local ok, err = pcall(main)
if not ok then
  finish(tostring(err))
end
