-- `polder procurement seal`, `submit`, `unseal`: what a submitter keeps, what the store keeps, and the two laid
-- together after the closing time. No content passes `submit`: a command's arguments are in the log.
local polder = require "polder"
local data = require "commands.data"
local envelope = require "envelope"
local law = require "law"
local times = require "times"

local ORGANISATION <const> = {
  name = "organisation", type = "record", kind = "organisation", required = true,
  title = { nl = "Inzender", en = "Submitted by" },
}

polder.command {
  name = "seal",
  title = { nl = "Doe een inzending in een envelop", en = "Put a submission into an envelope" },
  help = {
    nl = "Voor de inzender: schrijft de envelop onder -o DIR en zegt haar zegel. Niets hiervan komt in de werkmap of "
      .. "het logboek. Bewaar de envelop: na de sluiting telt alleen zij.",
    en = "For the submitter: writes the envelope under -o DIR and tells its seal. Nothing of it comes into the "
      .. "workspace or the log. Keep the envelope: after closing nothing else counts.",
  },
  example = "polder procurement seal proef-2027 demo-zilte-echo title=Sonar price=310000 -o enveloppen",
  args = {
    data.CALL, ORGANISATION,
    { name = "title", required = true, title = { nl = "Titel", en = "Title" } },
    { name = "summary", title = { nl = "Samenvatting", en = "Summary" } },
    { name = "solution", type = "record", kind = "solution", title = { nl = "Oplossing", en = "Solution" } },
    { name = "price", type = "number", minimum = 0, title = { nl = "Prijs in euro", en = "Price in euros" } },
    { name = "documents", many = true, title = { nl = "Webadres van een stuk", en = "Address of a document" } },
  },
  run = function(args, ctx)
    local text = envelope.write(args, ctx.secret)
    local name = "inzending-" .. data.slug(args.call, args.organisation):gsub("~", "-"):sub(1, 80) .. ".txt"
    local seal = polder.digest(text)
    ctx.print(("zegel %s, %d bytes: geef dit door, en bewaar %s"):format(seal, #text, name))
    return { seal = seal, size = #text, files = { [name] = text } }
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
  example = "polder procurement submit proef-2027 demo-zilte-echo "
    .. "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 312",
  args = {
    data.CALL, ORGANISATION,
    { name = "seal", required = true, title = { nl = "Zegel: 64 cijfers en letters", en = "Seal: 64 hex digits" } },
    { name = "size", type = "integer", minimum = 1, required = true, title = { nl = "Bytes", en = "Bytes" } },
  },
  run = function(args, ctx)
    local call = polder.get(args.call)
    if not call then return nil, args.call .. " is er niet", "not_found" end
    if (call.status or "draft") ~= "open" then return nil, "de oproep is niet open", "not_allowed" end
    local id = "submission/" .. data.slug(args.call, args.organisation)
    polder.put(id, {
      title = law.SEALED, call = args.call, organisation = args.organisation, seal = args.seal:lower(),
      size = args.size, submitted = ctx.now, fictitious = call.fictitious,
      status = law.closed(call, ctx.now) and "inadmissible" or "submitted",
    })
    polder.emit("procurement.submitted", { submission = id, seal = args.seal:lower(), size = args.size }, args.call)
    ctx.print(("%s is ontvangen op %s"):format(id, times.show(ctx.now)))
    return { submission = id }
  end,
}

polder.command {
  name = "unseal",
  title = { nl = "Open een inzending na de sluiting", en = "Open a submission after closing" },
  help = {
    nl = "Neemt de envelop aan als zij op het zegel past, en vult de inzending met wat erin staat.",
    en = "Takes the envelope when it fits the seal, and fills the submission with what it says.",
  },
  example = "polder procurement unseal proef-2027-demo-zilte-echo \"$(cat inzending-proef-2027-demo-zilte-echo.txt)\"",
  args = {
    {
      name = "submission", type = "record", kind = "submission", required = true,
      title = { nl = "Inzending", en = "Submission" },
    },
    { name = "envelope", required = true, title = { nl = "Inhoud van de envelop", en = "What the envelope holds" } },
  },
  run = function(args, ctx)
    local submission = polder.get(args.submission)
    if not submission then return nil, args.submission .. " is er niet", "not_found" end
    local call = polder.get(submission.call)
    if call and not law.closed(call, ctx.now) then
      return nil, "inzendingen zijn verzegeld tot " .. times.show(call.deadline), "not_allowed"
    end
    if not law.unopened(submission) then return nil, "deze inzending is niet (meer) verzegeld", "not_allowed" end
    local said = envelope.read(args.envelope) or {}
    polder.put(args.submission, {
      title = said.title, summary = said.summary, solution = said.solution, price = said.price,
      documents = said.documents and polder.list(said.documents), envelope = args.envelope, opened = ctx.now,
    })
    polder.emit("procurement.unsealed", { submission = args.submission, seal = submission.seal }, submission.call)
    ctx.print(("%s is geopend: de envelop past op het zegel"):format(args.submission))
  end,
}
