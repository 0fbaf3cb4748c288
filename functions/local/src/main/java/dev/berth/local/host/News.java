package dev.berth.local.host;

import java.util.BitSet;

/** What somebody is to look after, by number: who tells of it waits for nothing. */
final class News {

  private final BitSet told = new BitSet();
  private boolean closed;

  synchronized void tell(int number) {
    told.set(number);
    notifyAll();
  }

  /**
   * What was told since this was last asked; if there is nothing, waits for something.
   *
   * @param millis to wait at most; 0 for ever
   * @return none if there is nothing yet, or nothing will come
   */
  synchronized BitSet await(long millis) throws InterruptedException {
    if (told.isEmpty() && !closed) {
      wait(millis);
    }
    var news = (BitSet) told.clone();
    told.clear();
    return news;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Nobody waits any more. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
