/** Fills the placeholders of a format string (printf, Go, Java MessageFormat, SLF4J) with values that a real run could print. */
export function fillPlaceholders(format: string): string {
  return format
    .replaceAll(/%\w+ packets transmitted, %\w+ /gu, '4 packets transmitted, 3 ')
    .replaceAll(/%[sd]%% packet loss/gu, '25% packet loss')
    .replaceAll(/ERROR %d: %s/gu, 'ERROR 404: Not Found')
    .replaceAll(/has no %s record/gu, 'has no AAAA record')
    .replaceAll(/%%/gu, '\u0001')
    .replaceAll(/%(?:[-+ #0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|ll|[hlzjt])?[diux])/gu, '7')
    .replaceAll(/%[-+ #0]*\d*(?:\.\d+)?[fg]/gu, '0.412')
    .replaceAll(/%c/gu, ']')
    .replaceAll(/%q/gu, '"api.example.com"')
    .replaceAll(/%r/gu, "'api.example.com'")
    .replaceAll(/%[svw]/gu, 'api.example.com')
    .replaceAll(/\{\d?\}/gu, 'db.example.com')
    .replaceAll('\u0001', '%')
    .replaceAll(/\\n/gu, '\n')
    .replaceAll(/\\t/gu, '\t');
}
