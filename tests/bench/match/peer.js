// The benchmark's work in Node.js, tuned by hand: typed arrays, one loop without allocation, an index for the text, pairs given up
// as soon as they can't reach the last place. Usage: node peer.js FOLDER TOP. Prints seconds for load, prepare and match, and the
// checksum of the ranking.
"use strict";
const fs = require("fs");

const folder = process.argv[2], TOP = Number(process.argv[3]);
const K1 = 1.2, B = 0.75;
// Bits of the rules that may not apply, and their weights times most points.
const BUDGET = 1, DELIVERY = 2, DISTANCE = 4, DUAL_USE = 8, TECHNOLOGIES = 16, TEXT = 32, THEMES = 64, TRL_MARGIN = 128;
const MOST = [20, 10, 15, 10, 30, 40, 20, 10];

function load(name) {
  const records = [];
  for (const line of fs.readFileSync(`${folder}/${name}`, "latin1").split("\n"))
    if (line) records.push(JSON.parse(line));
  return records;
}

// ---------------------------------------------------------------- what can be known before the first demand

// Numbers for texts, from 0 in the order they are first met.
function numbers() {
  const known = new Map();
  const number = (text) => {
    let found = known.get(text);
    if (found === undefined) known.set(text, (found = known.size));
    return found;
  };
  number.known = known;
  return number;
}

const technology = numbers(), theme = numbers(), region = numbers(), wordNumber = numbers();

function deliveryPoints(days) {
  return days <= 90 ? 10 : 10 * (90 / days);
}

function dualUsePoints(civil, military) {
  return 5 * Math.min(1, (civil || "").length / 80) + 5 * Math.min(1, (military || "").length / 80);
}

// Records by column. Sets are bits; technologies take two words of 32.
function columns(records) {
  const n = records.length;
  const c = {
    n, id: new Array(n), words: new Array(n), can: new Uint8Array(n), low: new Int32Array(n), high: new Int32Array(n),
    themes: new Int32Array(n), region: new Int32Array(n), limits: new Int32Array(n), trl: new Int8Array(n),
    price: new Float64Array(n), x: new Float64Array(n), y: new Float64Array(n), z: new Float64Array(n), delivery: new Float64Array(n),
    dualUse: new Float64Array(n), alone: new Float64Array(n),
  };
  records.forEach((r, i) => column(c, r, i));
  return c;
}

function column(c, r, i) {
  const money = r.price || r.budget, trl = r.trl || r.trl_min;
  let can = 0;
  c.id[i] = r.id;
  c.words[i] = r.description ? Int32Array.from(r.description.split(" "), wordNumber) : new Int32Array(0);
  for (const name of r.technologies || []) {
    const bit = technology(name);
    if (bit < 32) c.low[i] |= 1 << bit;
    else c.high[i] |= 1 << (bit - 32);
  }
  for (const name of r.themes || []) c.themes[i] |= 1 << theme(name);
  for (const name of r.regions || []) c.limits[i] |= 1 << region(name);
  c.region[i] = 1 << region(r.region);
  if (r.technologies) can |= TECHNOLOGIES;
  if (r.themes) can |= THEMES;
  if (r.description) can |= TEXT;
  if (trl) can |= TRL_MARGIN, (c.trl[i] = trl);
  if (money) can |= BUDGET, (c.price[i] = money.amount);
  if (r.place) {
    const lon = (r.place.lon * Math.PI) / 180, lat = (r.place.lat * Math.PI) / 180;
    can |= DISTANCE;
    c.x[i] = Math.cos(lat) * Math.cos(lon);
    c.y[i] = Math.cos(lat) * Math.sin(lon);
    c.z[i] = Math.sin(lat);
  }
  if (r.delivery_days) can |= DELIVERY, (c.delivery[i] = deliveryPoints(r.delivery_days));
  if (r.civil_use || r.military_use) can |= DUAL_USE, (c.dualUse[i] = dualUsePoints(r.civil_use, r.military_use));
  c.alone[i] = c.delivery[i] + c.dualUse[i];
  c.can[i] = can;
}

// The different words of a text in the order they first appear, and how often each does.
let places;
const bag = { word: [], count: [], len: 0 };

function fillBag(words) {
  bag.len = 0;
  for (let i = 0; i < words.length; i++) {
    const w = words[i];
    if (places[w]) {
      bag.count[places[w] - 1]++;
      continue;
    }
    bag.word[bag.len] = w;
    bag.count[bag.len] = 1;
    places[w] = ++bag.len;
  }
  for (let i = 0; i < bag.len; i++) places[bag.word[i]] = 0;
}

// The documents of word w stand from first[w] to first[w + 1]; beside each the part of BM25 that no query changes.
function indexTexts(s) {
  const first = new Int32Array(wordNumber.known.size + 2);
  let all = 0;
  places = new Int32Array(wordNumber.known.size);
  for (let d = 0; d < s.n; d++) {
    all += s.words[d].length;
    fillBag(s.words[d]);
    for (let i = 0; i < bag.len; i++) first[bag.word[i] + 2]++;
  }
  for (let w = 2; w < first.length; w++) first[w] += first[w - 1];
  const mean = all ? all / s.n : 1, size = first[first.length - 1];
  const documents = new Int32Array(size), saturated = new Float64Array(size);
  for (let d = 0; d < s.n; d++) {
    fillBag(s.words[d]);
    for (let i = 0; i < bag.len; i++) {
      const count = bag.count[i], to = first[bag.word[i] + 1]++;
      documents[to] = d;
      saturated[to] = count / (count + K1 * (1.0 - B + (B * s.words[d].length) / mean));
    }
  }
  return { first, documents, saturated, factor: findFactors(s, first, documents, saturated) };
}

function idf(n, df) {
  return Math.log(1.0 + (n - df + 0.5) / (df + 0.5));
}

// What is left of a similarity, by solution: less for texts that resemble all. The documents, taken as queries of weight 1,
// are added up by word.
function findFactors(s, first, documents, saturated) {
  const common = new Float64Array(first.length), factor = new Float64Array(s.n);
  const weight = (i) => bag.count[i] * idf(s.n, first[bag.word[i] + 1] - first[bag.word[i]]);
  for (let d = 0; d < s.n; d++) {
    let whole = 0;
    fillBag(s.words[d]);
    for (let i = 0; i < bag.len; i++) whole += weight(i);
    for (let i = 0; i < bag.len; i++) common[bag.word[i]] += weight(i) / whole / s.n;
  }
  for (let w = 0; w + 1 < first.length; w++)
    for (let p = first[w]; p < first[w + 1]; p++) factor[documents[p]] += common[w] * saturated[p];
  let mean = 0;
  for (let d = 0; d < s.n; d++) mean += factor[d] / s.n;
  for (let d = 0; d < s.n; d++) factor[d] = mean > 0 ? (2 * mean) / (mean + factor[d]) : 1;
  return factor;
}

// ---------------------------------------------------------------- the match

function rankTexts(index, n, words, texts) {
  const { first, documents, saturated, factor } = index;
  let best = 0;
  texts.fill(0);
  fillBag(words);
  for (let i = 0; i < bag.len; i++) {
    const df = first[bag.word[i] + 1] - first[bag.word[i]];
    if (df) best += bag.count[i] * idf(n, df);
  }
  for (let i = 0; i < bag.len; i++) {
    const start = first[bag.word[i]], end = first[bag.word[i] + 1];
    const weight = (bag.count[i] * idf(n, end - start)) / best;
    for (let p = start; p < end; p++) texts[documents[p]] += weight * saturated[p];
  }
  for (let d = 0; d < n; d++) {
    const x = texts[d] * factor[d];
    texts[d] = x - 0.25 * x * x;
  }
}

function bits(x) {
  x -= (x >>> 1) & 0x55555555;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function budgetPoints(budget, price) {
  const share = price / budget;
  if (share <= 0.8) return 10;
  if (share <= 1) return 10 * (1 + (0.5 - 1) * ((share - 0.8) / (1 - 0.8)));
  return share <= 2 ? 10 * (0.5 + (0 - 0.5) * ((share - 1) / (2 - 1))) : 0;
}

// The great circle, from the chord on a sphere of radius 1: half of it is the sine of half the angle.
function distancePoints(x, y, z) {
  const km = 2 * 6371.0088 * Math.asin(Math.sqrt(x * x + y * y + z * z) / 2);
  if (km <= 25) return 10;
  return km >= 225 ? 0 : 10 * ((225 - km) / 200);
}

const possible = new Float64Array(256);
for (let rules = 0; rules < 256; rules++)
  MOST.forEach((most, bit) => (possible[rules] += (rules >> bit) & 1 ? most : 0));

// The best of one demand: solution numbers and scores, `len` of them.
function matchOne(s, d, at, texts, best) {
  const can = s.can, trl = s.trl, region = s.region, alone = s.alone, low = s.low, high = s.high, themes = s.themes;
  const least = d.trl[at], limits = d.limits[at] || -1, home = d.region[at], own = d.can[at] | DELIVERY | DUAL_USE;
  const dLow = d.low[at], dHigh = d.high[at], asked = bits(dLow) + bits(dHigh), dThemes = d.themes[at];
  let worst = -1;
  best.len = 0;
  for (let i = 0; i < s.n; i++) {
    if (trl[i] < least || !(limits & region[i])) continue;
    const near = region[i] === home, rules = (can[i] & own) | (near ? DISTANCE : 0);
    let technologiesHere = 0, themesHere = 0, trlHere = 0, textHere = 0, bound = alone[i];
    if (rules & TECHNOLOGIES) bound += 3 * (technologiesHere = 10 * ((bits(low[i] & dLow) + bits(high[i] & dHigh)) / asked));
    if (rules & TEXT) bound += 4 * (textHere = 10 * Math.min(1, texts[i] / 0.3));
    if (rules & THEMES) bound += 2 * (themesHere = 10 * (bits(themes[i] & dThemes) / bits(themes[i] | dThemes)));
    if (rules & TRL_MARGIN) bound += trlHere = Math.min(10, 6 + 2 * (trl[i] - least));
    if (rules & BUDGET) bound += 20;
    if (rules & DISTANCE) bound += 15;
    if (100 * bound * (1 + 1e-12) <= worst * possible[rules]) continue;
    let sum = 0;
    if (rules & BUDGET) sum += 2 * budgetPoints(d.price[at], s.price[i]);
    sum += s.delivery[i];
    if (near) sum += 15;
    else if (rules & DISTANCE) sum += 1.5 * distancePoints(s.x[i] - d.x[at], s.y[i] - d.y[at], s.z[i] - d.z[at]);
    sum += s.dualUse[i];
    sum += 3 * technologiesHere;
    sum += 4 * textHere;
    sum += 2 * themesHere;
    sum += trlHere;
    const score = (100 * sum) / possible[rules];
    if (possible[rules] && score > worst) worst = putIn(best, score, i);
  }
}

// Returns the score to beat.
function putIn(best, score, solution) {
  let i = best.len < TOP ? best.len++ : TOP - 1;
  for (; i && best.score[i - 1] < score; i--) {
    best.score[i] = best.score[i - 1];
    best.solution[i] = best.solution[i - 1];
  }
  best.score[i] = score;
  best.solution[i] = solution;
  return best.len < TOP ? -1 : best.score[TOP - 1];
}

function matchAll(s, d, index) {
  const texts = new Float64Array(s.n), rankings = [];
  for (let at = 0; at < d.n; at++) {
    const best = { len: 0, score: new Float64Array(TOP), solution: new Int32Array(TOP) };
    rankTexts(index, s.n, d.words[at], texts);
    matchOne(s, d, at, texts, best);
    rankings.push(best);
  }
  return rankings;
}

// FNV-1a over lines of demand, rank, solution and score in billionths.
function checksum(s, d, rankings) {
  let hash = 0xcbf29ce484222325n;
  rankings.forEach((best, at) => {
    for (let k = 0; k < best.len; k++) {
      const line = `${d.id[at]} ${k + 1} ${s.id[best.solution[k]]} ${Math.floor(best.score[k] * 1e9 + 0.5)}\n`;
      for (let c = 0; c < line.length; c++)
        hash = ((hash ^ BigInt(line.charCodeAt(c))) * 0x100000001b3n) & 0xffffffffffffffffn;
    }
  });
  return hash.toString(16).padStart(16, "0");
}

const start = performance.now();
const demandRecords = load("demands.jsonl"), solutionRecords = load("solutions.jsonl");
const loaded = performance.now();
const demands = columns(demandRecords), solutions = columns(solutionRecords), index = indexTexts(solutions);
const prepared = performance.now();
const rankings = matchAll(solutions, demands, index);
const matched = performance.now();
const seconds = (from, to) => ((to - from) / 1000).toFixed(4);
console.log(seconds(start, loaded), seconds(loaded, prepared), seconds(prepared, matched), checksum(solutions, demands, rankings));
