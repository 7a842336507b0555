// Beside a time stands the zone of its clocks. In summer they go otherwise than in winter, so the short name follows what
// is typed: CEST for a day in July, whatever today is.

const part = (zone, style, instant) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: style })
    .formatToParts(instant)
    .find(({ type }) => type === "timeZoneName").value;

/** The instant at which the zone's clocks show this time. */
const instantOf = (typed, zone) => {
  const asIfUtc = new Date(`${typed}Z`);
  const [, sign, hours, minutes] = part(zone, "longOffset", asIfUtc).match(/([+-])(\d+):(\d+)/) ?? [0, "+", 0, 0];
  const offset = (sign === "-" ? -1 : 1) * (60 * Number(hours) + Number(minutes));
  return new Date(asIfUtc.getTime() - offset * 60_000);
};

for (const mark of document.querySelectorAll("[data-zone]")) {
  const { zone } = mark.dataset;
  const field = mark.closest(".help")?.parentElement.querySelector("input[type=datetime-local]");
  field?.addEventListener("input", () => {
    const instant = field.value ? instantOf(field.value, zone) : new Date();
    if (!Number.isNaN(instant.getTime())) mark.textContent = `${zone}, ${part(zone, "short", instant)}`;
  });
}
