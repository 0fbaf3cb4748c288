package dev.berth.core.usage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/**
 * The metric CallCount of one account and action as a line of JSON that CloudWatch takes from a log
 * group (CloudWatch User Guide, "Specification: Embedded metric format"). The dimensions are the
 * guide's, and once more with the account: CloudWatch reserves the namespace {@code AWS/Usage}, and
 * its account is the operator's, not the registry's.
 */
public final class EmfDocument {

  public static final String NAMESPACE = "Berth/Usage";

  private static final String METRIC = "CallCount";
  private static final List<List<String>> DIMENSIONS =
      List.of(
          List.of("Service", "Type", "Resource", "Class"),
          List.of("Account", "Service", "Type", "Resource", "Class"));

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private EmfDocument() {}

  /**
   * @param calls since the last document
   * @return with its newline
   */
  public static byte[] line(Instant time, String account, String action, long calls) {
    var line = new ByteArrayOutputStream();
    try (JsonGenerator json = MAPPER.createGenerator(line)) {
      json.writeStartObject();
      writeMetadata(json, time);
      json.writeStringField("Service", "ECR");
      json.writeStringField("Type", "API");
      json.writeStringField("Resource", action);
      json.writeStringField("Class", "None");
      json.writeStringField("Account", account);
      json.writeNumberField(METRIC, calls);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("what is in memory can be written", e);
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static void writeMetadata(JsonGenerator json, Instant time) throws IOException {
    json.writeObjectFieldStart("_aws");
    json.writeNumberField("Timestamp", time.toEpochMilli());
    json.writeArrayFieldStart("CloudWatchMetrics");
    json.writeStartObject();
    json.writeStringField("Namespace", NAMESPACE);
    json.writeObjectField("Dimensions", DIMENSIONS);
    json.writeArrayFieldStart("Metrics");
    json.writeStartObject();
    json.writeStringField("Name", METRIC);
    json.writeStringField("Unit", "Count");
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }
}
