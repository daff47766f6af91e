-- Noord-Holland: the region's three fields. Basis: the article of 23 February 2026, which names companies in artificial
-- intelligence, drones and digital security as the region's strength.
return {
  { nl = "kunstmatige intelligentie", en = "artificial intelligence",
    terms = { "artificial_intelligence", "computer_vision", "language_technology", "decision_support" } },
  { nl = "drones", en = "drones", terms = { "drones" } },
  { nl = "digitale veiligheid", en = "digital security",
    terms = { "digital_security", "cryptography", "network_monitoring" } },
}
