package dev.berth.lambda.audit;

import dev.berth.core.audit.AuditException;
import dev.berth.core.audit.AuditJson;
import dev.berth.core.audit.AuditLog;
import dev.berth.core.audit.AuditRecord;
import dev.berth.core.audit.ServiceEvents;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps records as lines, each written before {@link #append} or {@link #keep} returns: there is no
 * queue. While lines cannot be written, records are counted; the cause is logged once; and as soon
 * as a line can be written again, the first one says how many are missing.
 */
public final class LineAuditLog implements AuditLog, AutoCloseable {

  private static final Logger LOG = System.getLogger(LineAuditLog.class.getName());

  private final Lines lines;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Outage> outage = Optional.empty();
  private volatile long lost;

  /** Where lines go, one at a time. */
  public interface Lines extends AutoCloseable {

    /**
     * @param line with its newline
     * @throws IOException if it cannot be written whole
     */
    void write(byte[] line) throws IOException;

    @Override
    void close() throws IOException;
  }

  /**
   * @param region of the service that could not keep its records
   */
  private record Outage(String region, long count, Instant first, Instant last) {

    private Outage andOne(Instant time) {
      return new Outage(region, count + 1, first, time);
    }
  }

  /**
   * @param lines closed by this
   */
  public LineAuditLog(Lines lines, Clock clock) {
    this.lines = lines;
    this.clock = clock;
  }

  /**
   * Lines to a stream that takes them at once: a Lambda function's standard output is its log
   * group.
   *
   * @param out not closed by this
   */
  public static LineAuditLog to(OutputStream out, Clock clock) {
    return new LineAuditLog(new Stream(out), clock);
  }

  private record Stream(OutputStream out) implements Lines {

    @Override
    public void write(byte[] line) throws IOException {
      out.write(line);
      out.flush();
    }

    @Override
    public void close() {}
  }

  /** How many records were lost since this was made. */
  public long lost() {
    return lost;
  }

  @Override
  public void append(AuditRecord written) {
    byte[] line = AuditJson.line(written);
    lock.lock();
    try {
      write(line);
    } catch (IOException | UncheckedIOException e) {
      lose(written, e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void keep(AuditRecord written) {
    byte[] line = AuditJson.line(written);
    lock.lock();
    try {
      write(line);
    } catch (IOException | UncheckedIOException e) {
      throw new AuditException("the record " + written.eventId() + " cannot be kept now", e);
    } finally {
      lock.unlock();
    }
  }

  private void write(byte[] line) throws IOException {
    tellOfOutage();
    lines.write(line);
  }

  private void tellOfOutage() throws IOException {
    if (outage.isEmpty()) {
      return;
    }
    Outage over = outage.get();
    lines.write(
        AuditJson.line(
            ServiceEvents.recordsLost(
                over.region(),
                clock.instant(),
                over.count(),
                over.first(),
                over.last(),
                CallRecorder.eventId())));
    outage = Optional.empty();
    LOG.log(Level.WARNING, "audit records are kept again; %d were lost".formatted(over.count()));
  }

  private void lose(AuditRecord written, Exception cause) {
    Instant now = clock.instant();
    if (outage.isEmpty()) {
      LOG.log(Level.ERROR, "audit records are being lost: they cannot be written", cause);
    }
    outage =
        Optional.of(
            outage
                .map(before -> before.andOne(now))
                .orElseGet(() -> new Outage(written.awsRegion(), 1, now, now)));
    lost++;
  }

  /** Says of the last outage, in the program's log where it cannot be recorded, and ends. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try (lines) {
      tellOfOutage();
    } catch (IOException | UncheckedIOException e) {
      outage.ifPresent(over -> LOG.log(Level.ERROR, over.count() + " audit records were lost", e));
      throw e;
    } finally {
      lock.unlock();
    }
  }
}
