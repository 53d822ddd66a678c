/** The page's only style sheet: light and dark, narrow and printed. System fonts, since nothing may be fetched. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1c2128; --dim: #59636e; --back: #fff; --raised: #f6f8fa; --line: #d1d9e0; --pass: #1a7f37; --fail: #cf222e; --warn: #9a6700; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --dim: #9198a1; --back: #0d1117; --raised: #151b23; --line: #3d444d; --pass: #3fb950; --fail: #ff7b72; --warn: #d29922; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.25rem; max-width: 62rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); }
h1 { font-size: 1.4rem; line-height: 1.3; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .6rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
header { border-left: .4rem solid var(--dim); padding: .2rem 0 .2rem 1rem; }
header.reachable { border-color: var(--pass); } header.fault { border-color: var(--fail); } header.inconclusive { border-color: var(--warn); }
header p { margin: .5rem 0 0; font-size: 1.05rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 1rem 0 0; }
dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
code, pre, .id { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .85em; }
code { background: var(--raised); border-radius: .25rem; padding: .1em .3em; overflow-wrap: anywhere; }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .8rem; margin: .4rem 0; overflow-x: auto; }
pre.command { white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; }
ul, ol { padding-left: 1.4rem; margin: .4rem 0; } li { margin: .25rem 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; color: var(--dim); font-weight: 600; }
th, td { padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
.pass { color: var(--pass); } .fail { color: var(--fail); } .warn { color: var(--warn); } .unknown, .skipped, .dim { color: var(--dim); }
details { border-bottom: 1px solid var(--line); padding: .35rem 0; }
summary { cursor: pointer; overflow-wrap: anywhere; } .id { color: var(--dim); margin-right: .4rem; }
.bar { display: block; width: 100%; height: .5rem; margin: .3rem 0 0; background: var(--raised); } .bar rect { fill: var(--dim); }
.path { display: block; max-width: 100%; height: auto; margin: .5rem 0; } .path text { fill: var(--text); font: 14px system-ui, sans-serif; }
.path .small { fill: var(--dim); font-size: 12px; } .path .stop { fill: var(--back); stroke: var(--pass); stroke-width: 3; } .path .link { stroke: var(--pass); stroke-width: 3; }
.path .beyond { stroke: var(--dim); stroke-dasharray: 4 4; } .path .broken { stroke: var(--fail); fill: var(--fail); stroke-width: 3; } .path .cross { stroke: var(--fail); stroke-width: 3; } .path .broken + .cross { stroke: var(--back); } .path .said { fill: var(--fail); stroke: none; font-weight: 600; }
.path .arrives { fill: var(--pass); }
footer { margin-top: 2.5rem; color: var(--dim); font-size: .85rem; overflow-wrap: anywhere; }
@media (max-width: 40rem) { body { padding: .9rem; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
@media print {
  :root { color-scheme: light; --text: #000; --dim: #444; --back: #fff; --raised: #f4f4f4; --line: #bbb; --pass: #116329; --fail: #a40e26; --warn: #7d4e00; }
  body { max-width: none; padding: 0; font-size: 10pt; } details::details-content { content-visibility: visible; block-size: auto; } summary { list-style: none; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; } h2 { break-after: avoid; } details, tr, .path { break-inside: avoid; }
}`;
