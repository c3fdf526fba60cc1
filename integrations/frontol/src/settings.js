// Settings. The file is made for one till: do not copy it to another one.

// The address of the API, the store's key and the key and number of this till.
var BONEX_API_URL = "{{API_URL}}";
var BONEX_TENANT_TOKEN = "{{TENANT_TOKEN}}";
var BONEX_CASHIER_TOKEN = "{{CASHIER_TOKEN}}";
var BONEX_CASHIER_NODE_ID = {{TILL_ID}};

// false switches the whole module off: the till works as without it.
var BONEX_ENABLED = true;

// true registers a client whose phone is not known yet.
var BONEX_AUTO_REGISTER = true;

// How bonuses pay: "payment_type" adds a payment, "discount" lowers prices by a marketing action.
var BONEX_REDEEM_MODE = "payment_type";

// The code of the payment type "Бонусы (Bonex)" in Frontol.
var BONEX_PAYMENT_CODE = 90;

// true also counts checks without a client.
var BONEX_SEND_RECEIPTS = true;

// The folder of the queue and the log. It is made if it is missing.
var BONEX_FOLDER = "C:\\ProgramData\\Bonex";

// How long the till waits, in milliseconds: for a search, for a sale with bonuses, for the queue.
var BONEX_WAIT_SEARCH = 5000;
var BONEX_WAIT_SALE = 10000;
var BONEX_WAIT_QUEUE = 4000;

// The till's name, for messages.
var BONEX_TILL_NAME = "{{TILL_NAME}}";
var BONEX_VERSION = "{{VERSION}}";
