package io.tocsin.notify;

/** All messages to one destination about one thing: they open it, tell of it and close it. */
record Conversation(Destination destination, String dedupKey) {}
