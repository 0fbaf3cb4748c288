package dev.berth.local.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.berth.local.bus.Sender.RefusedException;
import dev.berth.local.files.PrivateFiles;
import dev.berth.registry.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;

/**
 * The events that a rule's target did not take, each a line of JSON in the rule's own file. Before
 * they are put back into the rule's queue, the file is set aside under another name, so that what
 * comes meanwhile begins a new one.
 *
 * <p>All methods throw {@link StoreException} where the files cannot be read or written.
 */
final class DeadLetters {

  static final String FILE = ".jsonl";

  /** Behind {@link #FILE}. */
  static final String ASIDE = ".redriving";

  private static final System.Logger LOG = System.getLogger(DeadLetters.class.getName());

  private final String rule;
  private final Path file;
  private final Path aside;
  private final Clock clock;

  DeadLetters(Path directory, String rule, Clock clock) {
    this.rule = rule;
    this.file = directory.resolve(rule + FILE);
    this.aside = directory.resolve(rule + FILE + ASIDE);
    this.clock = clock;
  }

  String rule() {
    return rule;
  }

  /** Where letters are. */
  Path file() {
    return file;
  }

  /** Where letters are that were set aside. */
  Path aside() {
    return aside;
  }

  /** Returns when they are on the disk. */
  void add(List<String> events, int tries, RefusedException refusal) {
    LOG.log(
        System.Logger.Level.WARNING,
        "rule %s: %d events not delivered, kept in %s".formatted(rule, events.size(), file),
        refusal);
    append(events.stream().map(event -> line(event, tries, refusal.getMessage())).toList());
  }

  /** Writes lines, and returns when they are on the disk. */
  synchronized void append(List<String> lines) {
    try {
      PrivateFiles.createDirectories(file.getParent());
      try (var channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        String text = (endsInALine(channel) ? "" : "\n") + String.join("\n", lines) + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
        channel.position(channel.size());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
    } catch (IOException e) {
      throw new StoreException("a dead letter cannot be written to " + file, e);
    }
  }

  /** A crash may have cut off the last one, which was written again then. */
  private static boolean endsInALine(FileChannel channel) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return channel.size() == 0
        || channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n';
  }

  private String line(String event, int tries, String reason) {
    ObjectNode letter = JsonNodeFactory.instance.objectNode();
    letter
        .put("rule", rule)
        .put("time", clock.instant().toString())
        .put("tries", tries)
        .put("reason", reason)
        .putRawValue("event", new RawValue(event));
    return letter.toString();
  }

  /** Whether some are aside: set there a moment ago, or by somebody whom a crash stopped. */
  boolean areAside() {
    return Files.exists(aside);
  }

  /**
   * Sets aside what there is.
   *
   * @return whether there is any
   */
  synchronized boolean setAside() {
    if (Files.notExists(file)) {
      return false;
    }
    try {
      Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      throw new StoreException("dead letters cannot be set aside to " + aside, e);
    }
  }

  /** Forgets what was set aside. */
  void removeAside() {
    try {
      Files.deleteIfExists(aside);
    } catch (IOException e) {
      throw new StoreException("redriven letters cannot be removed: " + aside, e);
    }
  }
}
