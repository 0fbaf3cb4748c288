package dev.berth.local.host;

import java.util.BitSet;
import java.util.Optional;

/** What somebody is to look after, by number: who tells of it waits for nothing. */
final class News {

  private final BitSet told = new BitSet();
  private boolean closed;

  synchronized void tell(int number) {
    told.set(number);
    notifyAll();
  }

  /**
   * What was told since this was last asked; if there is nothing, waits for something. What was
   * told before {@link #close} is heard behind it, too.
   *
   * @param millis to wait at most; 0 for ever
   * @return empty if nothing will come any more; nothing in it if there is nothing yet
   */
  synchronized Optional<BitSet> await(long millis) throws InterruptedException {
    if (told.isEmpty() && !closed) {
      wait(millis);
    }
    if (told.isEmpty() && closed) {
      return Optional.empty();
    }
    var news = (BitSet) told.clone();
    told.clear();
    return Optional.of(news);
  }

  /** Nobody waits any more. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
