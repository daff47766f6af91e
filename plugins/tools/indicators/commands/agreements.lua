-- `polder indicators expiring`: agreements that end soon, or have ended.
local polder = require "polder"
local data = require "commands.data"
local dutch = require "dutch"
local expiry = require "expiry"

local function names(ids)
  local list = {}
  for n, id in ipairs(ids or {}) do list[n] = data.name(id) end
  return table.concat(list, ", ")
end

polder.command {
  name = "expiring",
  title = { nl = "Overeenkomsten die aflopen", en = "Agreements that expire" },
  help = {
    nl = "Wat afliep of afloopt binnen zoveel dagen, en of er een opvolger is. Van wat geen einddatum heeft is het "
      .. "aantal gegeven: dat is onbekend, niet oneindig.",
    en = "What ended or ends within so many days, and whether there is a successor. What has no end date is "
      .. "counted: that is unknown, not endless.",
  },
  example = "polder indicators expiring days=730",
  args = { { name = "days", type = "integer", minimum = 0, title = { nl = "Dagen vooruit", en = "Days ahead" } } },
  run = function(args, ctx)
    local found = expiry.find(data.all "agreement", ctx.today, args.days or ctx.settings.expires_within)
    local rows = {}
    for n, row in ipairs(found.rows) do
      rows[n] = {
        id = row.agreement.id, title = row.agreement.title, until_date = row.agreement.valid_until, days = row.days,
        shown = dutch.date(row.agreement.valid_until), parties = names(row.agreement.parties),
        state = row.successor and "opgevolgd door " .. data.name(row.successor) or row.days < 0 and "afgelopen"
          or "nog " .. dutch.count(row.days, "dag", "dagen"),
      }
    end
    ctx.print(("%s, %d zonder einddatum"):format(dutch.count(#rows, "loopt af", "lopen af"), found.open_ended))
    return {
      rows = polder.list(rows), open_ended = found.open_ended,
      columns = {
        data.column("shown", "Tot en met", "Until"), data.column("state", "Stand", "State"),
        data.column("title", "Overeenkomst", "Agreement"), data.column("parties", "Partijen", "Parties"),
      },
    }
  end,
}
