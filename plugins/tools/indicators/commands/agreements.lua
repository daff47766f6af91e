-- `polder indicators expiring`: agreements that end soon, or have ended.
local polder = require "polder"
local column = require "commands.column"
local expiry = require "expiry"
local records = require "records"
local written = require "written"

local function state(days, w)
  local n = math.abs(days)
  local text = w:count(n, "dag", "dagen", "day", "days")
  if days == 0 then return w:t("vandaag", "today") end
  return days > 0 and w:t("nog ", "in ") .. text or text .. w:t(" geleden", " ago")
end

local function about(row, w)
  local parties = records.names(row.agreement.parties, w)
  local text = row.agreement.title
  if row.successor then
    text = text .. w:t(", opgevolgd door ", ", succeeded by ") .. records.name(row.successor, w)
  end
  return text .. (parties ~= "" and ": " .. parties or "")
end

local function in_region(agreements, region)
  local list = {}
  for _, agreement in ipairs(agreements) do
    for _, one in ipairs(agreement.regions or {}) do
      if one == region then list[#list + 1] = agreement end
    end
  end
  return list
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
  example = "polder indicators expiring days=730 region=zeeland",
  args = {
    { name = "days", type = "integer", minimum = 0, default = polder.settings.expires_within,
      title = { nl = "Dagen vooruit", en = "Days ahead" } },
    { name = "region", type = "record", kind = "region",
      title = { nl = "Alleen deze regio", en = "This region only" } },
  },
  run = function(args, ctx)
    local w, agreements = written.new(ctx.lang), records.all "agreement"
    local why = records.missing(args.region, w)
    if why then return nil, why, "not_found" end
    local found = expiry.find(args.region and in_region(agreements, args.region) or agreements, ctx.today, args.days)
    local rows = {}
    for n, row in ipairs(found.rows) do
      rows[n] = {
        id = row.agreement.id, title = row.agreement.title, valid_until = row.agreement.valid_until, days = row.days,
        parties = row.agreement.parties, successor = row.successor, until_text = w:date(row.agreement.valid_until),
        state_text = state(row.days, w), about_text = about(row, w),
      }
    end
    ctx.print(written.wrap(w:t("Afgelopen, of loopt af binnen ", "Ended, or ends within ")
      .. w:count(args.days, "dag", "dagen", "day", "days") .. ": " .. #rows .. ". "
      .. w:t("Zonder einddatum: ", "Without an end date: ") .. found.open_ended .. "."))
    return {
      rows = polder.list(rows), open_ended = found.open_ended,
      columns = {
        column.text("until_text", "Tot en met", "Until"), column.figure("state_text", "Loopt af", "Ends"),
        column.text("about_text", "Overeenkomst en partijen", "Agreement and parties"),
      },
    }
  end,
}
