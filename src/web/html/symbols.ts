/** The drawings of public/icons/sprite.svg, by name; each fills a square of 24. */
export const symbols = {
  home: '<path d="M4 11l8-7 8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z"/>',
  message: '<path d="M5 5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-8l-5 4v-4H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z"/>',
  bell: '<path d="M6.5 16v-5a5.5 5.5 0 0 1 11 0v5l1.5 2H5zM10 21h4"/>',
  people:
    '<circle cx="9" cy="8" r="3.2"/><path d="M3 20c0-3.6 2.6-5.8 6-5.8s6 2.2 6 5.8M16 5.2a3.2 3.2 0 0 1 0 5.6M18 14.8c2 .9 3 2.7 3 5.2"/>',
  qr: '<rect x="4" y="4" width="6" height="6" rx="1"/><rect x="14" y="4" width="6" height="6" rx="1"/><rect x="4" y="14" width="6" height="6" rx="1"/><path d="M14 14h2.5v2.5M20 14v2.5M14 20h2.5M20 20v-.5"/>',
  lines:
    '<path d="M4 7h8M18 7h2M4 17h2M12 17h8"/><circle cx="15" cy="7" r="2.5"/><circle cx="9" cy="17" r="2.5"/>',
  devices:
    '<path d="M15 7V6a1 1 0 0 0-1-1H4a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1h7M6 19h5M8.5 15v4"/><rect x="14" y="9.5" width="7" height="10.5" rx="1.3"/>',
  cog: '<circle cx="12" cy="12" r="2.6"/><path d="M12 3.5v2.3M12 18.2v2.3M3.5 12h2.3M18.2 12h2.3M6 6l1.6 1.6M16.4 16.4L18 18M18 6l-1.6 1.6M7.6 16.4L6 18"/><circle cx="12" cy="12" r="6.2"/>',
  more: '<circle cx="6" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="18" cy="12" r="1"/>',
  lock: '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
  check: '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
  sealed:
    '<path d="M4 4h9a7 7 0 0 1 7 7v2a7 7 0 0 1-7 7h-2a7 7 0 0 1-7-7z"/><path d="M8.3 12.2l2.7 2.7 5-5.2"/>',
  x: '<path d="M6 6l12 12M18 6L6 18"/>',
  reply: '<path d="M9 6l-5 5 5 5M4 11h9a7 7 0 0 1 7 7v.5"/>',
  boost: '<path d="M7 4L4 7l3 3M4 7h12a4 4 0 0 1 4 4v1M17 20l3-3-3-3M20 17H8a4 4 0 0 1-4-4v-1"/>',
  heart: '<path d="M12 19.5S4 15 4 9.6A4.1 4.1 0 0 1 12 8a4.1 4.1 0 0 1 8 1.6c0 5.4-8 9.9-8 9.9z"/>',
  keep: '<path d="M6.5 4h11v16L12 15.8 6.5 20z"/>',
  image:
    '<rect x="3" y="5" width="18" height="14" rx="2"/><circle cx="8.5" cy="10" r="1.5"/><path d="M4 17.5l5-4.5 3.5 2.5L16 12l5 4.5"/>',
  file: '<path d="M6 3h8l4 4v14H6zM14 3v4h4"/>',
  poll: '<path d="M5 20v-7M12 20V5M19 20v-10"/>',
  warn: '<path d="M12 4.5l8.8 15H3.2zM12 10v4.5M12 17v.2"/>',
  stop: '<path d="M8.3 3.5h7.4l4.8 4.8v7.4l-4.8 4.8H8.3l-4.8-4.8V8.3zM12 8v5M12 16v.2"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>',
  timer: '<circle cx="12" cy="13.5" r="7"/><path d="M12 13.5V10M9.5 3.5h5"/>',
  send: '<path d="M3.5 11.5L20.5 4l-5 16.5-4-7zM11.5 13.5l4-4"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  search: '<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5"/>',
  copy: '<rect x="8" y="8" width="12" height="12" rx="2"/><path d="M16 8V5a1 1 0 0 0-1-1H5a1 1 0 0 0-1 1v10a1 1 0 0 0 1 1h3"/>',
  eye: '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>',
  bin: '<path d="M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5M14 11v5"/>',
  again: '<path d="M20 5v5h-5M4 19v-5h5M5.5 9.5a7 7 0 0 1 12-2.5l2.5 3M18.5 14.5a7 7 0 0 1-12 2.5L4 14"/>',
  down: '<path d="M12 4v11M7 11l5 5 5-5M5 20h14"/>',
  next: '<path d="M9 5l7 7-7 7"/>',
  back: '<path d="M15 5l-7 7 7 7"/>',
  offline:
    '<path d="M4 4l16 16M8.5 15.5a5 5 0 0 1 7 0M5 12a10 10 0 0 1 4-2.4M15 10a10 10 0 0 1 4 2M12 19v.2M2.5 8.5A14 14 0 0 1 6 6.2M11 5a14 14 0 0 1 10.5 3.5"/>',
  swap: '<path d="M4 8h15M15 4l4 4-4 4M20 16H5M9 12l-4 4 4 4"/>',
  globe: '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17"/>',
  pen: '<path d="M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM14 6.5l3.5 3.5"/>',
  key: '<circle cx="8" cy="15.5" r="4"/><path d="M11 12.5L19.5 4M16 7.5l2.5 2.5"/>',
  scan: '<path d="M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M4 12h16"/>',
  pin: '<path d="M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v5.5"/>',
  desk: '<rect x="3" y="4" width="18" height="12" rx="1.5"/><path d="M8 20h8M12 16v4"/>',
  laptop: '<rect x="5" y="5" width="14" height="10" rx="1.5"/><path d="M2.5 19h19"/>',
  phone: '<rect x="7" y="3" width="10" height="18" rx="2"/><path d="M11 18h2"/>',
  mic: '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>',
  book: '<path d="M4 5.5A12 12 0 0 1 12 7a12 12 0 0 1 8-1.5v13A12 12 0 0 0 12 20a12 12 0 0 0-8-1.5zM12 7v13"/>',
  door: '<path d="M6 20V4h9v16M3.5 20h17M12 12v.2"/>',
  "r-subs":
    '<rect x="9" y="4" width="6" height="16" rx="2"/><path d="M18.5 8a7 7 0 0 1 0 8M5.5 8a7 7 0 0 0 0 8"/>',
  "r-friends":
    '<rect x="9" y="4" width="6" height="16" rx="2"/><g fill="currentColor"><circle cx="5" cy="12" r="1.5"/><circle cx="19" cy="12" r="1.5"/></g>',
  "r-some":
    '<rect x="9" y="4" width="6" height="16" rx="2"/><g fill="currentColor"><circle cx="5" cy="7.5" r="1.5"/><circle cx="5" cy="16.5" r="1.5"/><circle cx="19" cy="7.5" r="1.5"/><circle cx="19" cy="16.5" r="1.5"/></g>',
  "r-me":
    '<rect x="9" y="4" width="6" height="16" rx="2"/><circle cx="5" cy="12" r="1.5" fill="currentColor"/>',
} as const;

export type SymbolName = keyof typeof symbols;
