package dev.berth.lambda.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.audit.AuditException;
import dev.berth.core.audit.AuditRecord;
import dev.berth.core.audit.AuditedCall;
import dev.berth.core.audit.Origin;
import dev.berth.core.authz.Principal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineAuditLogTest {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private final Disk disk = new Disk();
  private final List<LogRecord> logged = new ArrayList<>();
  private final Logger logger = Logger.getLogger(LineAuditLog.class.getName());
  private final Handler handler = new Kept();
  private Instant now = NOON;
  private final LineAuditLog log = new LineAuditLog(disk, new Ticking());

  @BeforeEach
  void listen() {
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  @AfterEach
  void leave() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  private void append(String name) {
    log.append(record(name));
  }

  private AuditRecord record(String name) {
    return AuditRecord.ofCall(
        new Origin(Principal.root("123456789012", "AKIAROOT"), now, "us-east-1", "::1", "a", "r"),
        new AuditedCall(
            AuditedCall.ECR,
            name,
            true,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty()),
        "e");
  }

  @Test
  void whatMustBeKeptIsRefusedWhileItCannotBeAndDoesNotCountAsLost() {
    disk.full = true;
    assertThatThrownBy(() -> log.keep(record("One")))
        .isInstanceOf(AuditException.class)
        .hasRootCauseMessage("No space left on device");
    disk.full = false;
    log.keep(record("One"));

    assertThat(disk.names()).containsExactly("One");
    assertThat(log.lost()).isZero();
    assertThat(logged).isEmpty();
  }

  @Test
  void whatMustBeKeptComesAfterTheWordOfWhatWasLost() {
    disk.full = true;
    append("One");
    disk.full = false;
    log.keep(record("Two"));
    assertThat(disk.names()).containsExactly("AuditRecordsLost", "Two");
  }

  @Test
  void whatIsLostIsToldBeforeAnythingElseOnceWritingWorksAgain() {
    append("One");
    disk.full = true;
    append("Two");
    now = NOON.plus(Duration.ofSeconds(5));
    append("Three");
    assertThat(log.lost()).isEqualTo(2);
    disk.full = false;
    append("Four");
    append("Five");

    assertThat(disk.names()).containsExactly("One", "AuditRecordsLost", "Four", "Five");
    assertThat(disk.lines.get(1).path("serviceEventDetails").toString())
        .isEqualTo(
            "{\"count\":2,\"first\":\"2026-01-31T12:00:00Z\",\"last\":\"2026-01-31T12:00:05Z\"}");
    assertThat(log.lost()).isEqualTo(2);
  }

  @Test
  void anOutageIsLoggedOnceWithItsCause() {
    disk.full = true;
    append("One");
    append("Two");
    assertThat(logged)
        .singleElement()
        .satisfies(line -> assertThat(line.getThrown()).hasMessage("No space left on device"));

    disk.full = false;
    append("Three");
    assertThat(logged).hasSize(2);
    disk.full = true;
    append("Four");
    assertThat(logged).hasSize(3);
  }

  @Test
  void whatIsLostAtTheEndIsToldAtTheEnd() throws IOException {
    disk.full = true;
    append("One");
    disk.full = false;
    log.close();

    assertThat(disk.names()).containsExactly("AuditRecordsLost");
    assertThat(disk.closed).isTrue();
  }

  @Test
  void whatCannotBeToldEvenAtTheEndIsLogged() {
    disk.full = true;
    append("One");
    append("Two");

    assertThatThrownBy(log::close).hasMessage("No space left on device");
    assertThat(logged.getLast().getMessage()).isEqualTo("2 audit records were lost");
    assertThat(disk.closed).isTrue();
  }

  @Test
  void aStreamTakesALineEach() {
    var out = new ByteArrayOutputStream();
    var lines = LineAuditLog.to(out, new Ticking());
    lines.append(record("PutImage"));

    assertThat(out.toString(StandardCharsets.US_ASCII).lines())
        .singleElement()
        .asString()
        .contains("\"eventName\":\"PutImage\"");
  }

  /** Lines in memory, as long as there is room. */
  private static final class Disk implements LineAuditLog.Lines {

    final List<JsonNode> lines = new ArrayList<>();
    boolean full;
    boolean closed;

    @Override
    public void write(byte[] line) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      lines.add(new ObjectMapper().readTree(line));
    }

    List<String> names() {
      return lines.stream().map(line -> line.path("eventName").asText()).toList();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final class Ticking extends Clock {

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }

  private final class Kept extends Handler {

    @Override
    public void publish(LogRecord line) {
      logged.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
