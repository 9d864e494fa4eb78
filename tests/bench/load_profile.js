"use strict";
/* What a load client in node says to this program. --seats names the file that tests/bench/node.py wrote: the event,
 * the phones' ways in, and the prompt that is open with its choices. A phone is in once it is connected, so to join is
 * to send an event that means nothing and is acknowledged. */
module.exports = (options) => {
  const room = JSON.parse(require("fs").readFileSync(options.seats, "utf8"));
  const run = Date.now().toString(36);
  let order = 0;
  return {
    auth: (number) => room.phones[number] || null,
    join: () => [room.event, {}],
    vote: (number, turn) => {
      const answer = room.choices[(number * 7 + turn) % room.choices.length];
      return [room.event, { prompt: room.prompt, answer, id: run + number + "-" + turn, seq: ++order }];
    },
    tallyCount: () => null,
  };
};
