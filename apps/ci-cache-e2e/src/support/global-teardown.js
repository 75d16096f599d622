/** Ends what global-setup started and removes its folder. */
const { fixture } = require('./global-setup');

module.exports = async () => fixture('down', process.env.E2E_FOLDER);
