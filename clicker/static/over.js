"use strict";

// A phone that was away when the lesson ended may still hold an answer that was never sent: here it goes.
(() => {
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (/^(seat|place|unsent)_/.test(key)) {
        sessionStorage.removeItem(key);
      }
    }
  } catch {
    // Nothing was kept.
  }
})();
