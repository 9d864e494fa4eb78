"use strict";
/* The same echo on node's own Socket.IO; prints its port. */
const server = require("http").createServer();
new (require("socket.io").Server)(server).on("connection", (phone) => {
  phone.on("echo", (data, answer) => answer(data));
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
