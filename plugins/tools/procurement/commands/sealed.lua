-- `polder procurement seal`, `submit`, `unseal`: what a submitter keeps, what the store keeps, and the two laid
-- together after the closing time. No content passes `submit`: a command's arguments are in the log.
local polder = require "polder"
local data = require "commands.data"
local envelope = require "envelope"
local law = require "law"
local written = require "commands.written"

local ORGANISATION <const> = {
  name = "organisation", type = "record", kind = "organisation", required = true,
  title = { nl = "Inzender", en = "Submitted by" },
}

-- A submitter's own computer need not know them; a misspelt one would be found out after closing.
local function unknown(args)
  local ids = {}
  for _, name in ipairs { "call", "organisation", "solution" } do
    if args[name] and not polder.get(args[name]) then ids[#ids + 1] = args[name] end
  end
  return ids
end

polder.command {
  name = "seal",
  title = { nl = "Doe een inzending in een envelop", en = "Put a submission into an envelope" },
  help = {
    nl = "Voor de inzender: schrijft de envelop in de map die -o noemt, en zegt haar zegel. Alleen daar staat zij: "
      .. "niets ervan komt in de gegevens of het logboek. Bewaar haar: na de sluiting telt alleen zij, en zij is niet "
      .. "opnieuw te maken.",
    en = "For the submitter: writes the envelope into the folder that -o names, and tells its seal. It is kept "
      .. "nowhere else: not in the data, not in the log. Keep it: after closing nothing else counts, and it can't be "
      .. "made again.",
  },
  example = "polder procurement seal demo-gewonden-2027 demo-zilte-echo title=Sonar price=310000 -o ~/enveloppen",
  args = {
    data.CALL, ORGANISATION,
    { name = "title", required = true, title = { nl = "Titel", en = "Title" } },
    { name = "summary", title = { nl = "Samenvatting", en = "Summary" } },
    { name = "solution", type = "record", kind = "solution", title = { nl = "Oplossing", en = "Solution" } },
    { name = "price", type = "number", minimum = 0, title = { nl = "Prijs in euro", en = "Price in euros" } },
    { name = "documents", many = true, title = { nl = "Webadres van een stuk", en = "Address of a document" } },
  },
  output = true,
  run = function(args, ctx)
    local t = ctx.say
    local text = envelope.write(args, ctx.secret)
    local seal, call, organisation = polder.digest(text), args.call:match "/(.+)", args.organisation:match "/(.+)"
    local name = ("inzending-%s-%s.txt"):format(data.slug(call, organisation):gsub("~", "-"):sub(1, 70), seal:sub(1, 8))
    local lines = {
      t("Bewaar de envelop hieronder tot de sluiting, ook op een tweede plaats: zonder haar telt de inzending niet.",
        "Keep the envelope below until closing, in a second place too: without it the submission does not count."),
      t("Geef door wie om inzendingen vraagt:", "Pass on to who asks for submissions:"),
      ("  polder procurement submit %s %s %s %d"):format(call, organisation, seal, #text),
      t("Geef na de sluiting de envelop zelf.", "After closing, hand in the envelope itself."),
    }
    for _, id in ipairs(unknown(args)) do
      lines[#lines + 1] = t("Let op: %s is in deze werkmap niet bekend; klopt de naam? De envelop noemt hem.",
        "Mind: %s is not known in this workspace; is the name right? The envelope names it."):format(id)
    end
    return { seal = seal, size = #text, lines = lines, files = { [name] = text } }
  end,
}

polder.command {
  name = "submit",
  title = { nl = "Neem een verzegelde inzending aan", en = "Take in a sealed submission" },
  help = {
    nl = "Bewaart het zegel, de omvang, de inzender en het moment; de inhoud blijft tot de sluiting bij de inzender. "
      .. "Tot de sluiting vervangt een volgend zegel van dezelfde inzender het vorige.",
    en = "Keeps the seal, the size, the submitter and the moment; the content stays with the submitter until closing. "
      .. "Until then another seal of the same submitter replaces the one before.",
  },
  example = "polder procurement submit demo-gewonden-2027 demo-zilte-echo "
    .. "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 312",
  args = {
    data.CALL, ORGANISATION,
    { name = "seal", required = true, title = { nl = "Zegel: 64 cijfers en letters", en = "Seal: 64 hex digits" } },
    { name = "size", type = "integer", minimum = 1, required = true, title = { nl = "Bytes", en = "Bytes" } },
  },
  run = function(args, ctx)
    local t, call = ctx.say, polder.get(args.call)
    if not call then return data.missing(t, args.call) end
    if (call.status or "draft") ~= "open" then
      return nil, t("%s is niet open", "%s is not open"):format(args.call), "not_allowed"
    end
    if not polder.get(args.organisation) then return data.missing(t, args.organisation) end
    if not args.seal:match("^" .. ("%x"):rep(64) .. "$") then
      return nil, t("een zegel is 64 cijfers en letters a tot f, zoals `polder procurement seal` het zegt; dit zijn "
        .. "er %d", "a seal is 64 hex digits, as `polder procurement seal` tells it; these are %d characters"):format(
        #args.seal), "usage"
    end
    local id = "submission/" .. data.slug(args.call, args.organisation)
    local before = polder.get(id)
    polder.put(id, {
      title = law.SEALED, call = args.call, organisation = args.organisation, seal = args.seal:lower(),
      size = args.size, submitted = ctx.now, fictitious = call.fictitious,
      status = law.closed(call, ctx.now) and "inadmissible" or "submitted",
    })
    polder.emit("procurement.submitted", { submission = id, seal = args.seal:lower(), size = args.size }, args.call)
    local replaced = before and before.seal and before.seal ~= args.seal:lower()
    return {
      submission = id,
      lines = {
        t("%s is ontvangen op %s", "%s was received on %s"):format(id, written.time(ctx.now, t)),
        replaced and t("Het vorige zegel telt niet meer.", "The seal before does not count any more.") or nil,
      },
    }
  end,
}

polder.command {
  name = "unseal",
  title = { nl = "Open een inzending na de sluiting", en = "Open a submission after closing" },
  help = {
    nl = "Neemt de envelop aan als zij op het zegel past, en vult de inzending met wat erin staat.",
    en = "Takes the envelope when it fits the seal, and fills the submission with what it says.",
  },
  example = "polder procurement unseal demo-gewonden-2027-demo-zilte-echo "
    .. "\"$(cat ~/enveloppen/inzending-….txt)\"",
  args = {
    {
      name = "submission", type = "record", kind = "submission", required = true,
      title = { nl = "Inzending", en = "Submission" },
    },
    { name = "envelope", required = true, title = { nl = "Inhoud van de envelop", en = "What the envelope holds" } },
  },
  run = function(args, ctx)
    local t, submission = ctx.say, polder.get(args.submission)
    if not submission then return data.missing(t, args.submission) end
    local call = polder.get(submission.call)
    if call and not law.closed(call, ctx.now) then return data.sealed(t, call) end
    if not law.unopened(submission) then
      return nil, t("%s is niet (meer) verzegeld", "%s is not sealed (any more)"):format(args.submission), "not_allowed"
    end
    local said = envelope.read(args.envelope) or {}
    polder.put(args.submission, {
      title = said.title, summary = said.summary, solution = said.solution, price = said.price,
      documents = said.documents and polder.list(said.documents), envelope = args.envelope, opened = ctx.now,
    })
    polder.emit("procurement.unsealed", { submission = args.submission, seal = submission.seal }, submission.call)
    return {
      lines = {
        t("%s is geopend: de envelop past op het zegel", "%s is opened: the envelope fits the seal"):format(
          args.submission),
      },
    }
  end,
}
