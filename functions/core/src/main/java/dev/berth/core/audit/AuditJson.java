package dev.berth.core.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Records as a line of JSON each. Lines are ASCII: whatever a client sent, a terminal or a reader
 * of another encoding meets nothing but text.
 */
public final class AuditJson {

  /** That of CloudTrail which has all members that are written here. */
  static final String EVENT_VERSION = "1.08";

  private static final int USUAL_LENGTH = 1536;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private AuditJson() {}

  /** The record with its newline; 250 KB at most, so that it fits into an event of a log group. */
  public static byte[] line(AuditRecord event) {
    var line = new ByteArrayOutputStream(USUAL_LENGTH);
    try (JsonGenerator json = MAPPER.createGenerator(line)) {
      write(json, event);
    } catch (IOException e) {
      throw new UncheckedIOException("what is in memory can be written", e);
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static void write(JsonGenerator json, AuditRecord event) throws IOException {
    json.writeStartObject();
    json.writeStringField("eventVersion", EVENT_VERSION);
    json.writeFieldName("userIdentity");
    IdentityJson.write(json, event.userIdentity());
    json.writeStringField("eventTime", Timestamps.iso(event.eventTime()));
    json.writeStringField("eventSource", event.eventSource());
    json.writeStringField("eventName", event.eventName());
    json.writeStringField("awsRegion", event.awsRegion());
    json.writeStringField("sourceIPAddress", event.sourceIpAddress());
    json.writeStringField("userAgent", event.userAgent());
    writeError(json, event.error());
    writeElements(json, "requestParameters", event.requestParameters());
    writeElements(json, "responseElements", event.responseElements());
    writeText(json, "requestID", event.requestId());
    json.writeStringField("eventID", event.eventId());
    json.writeBooleanField("readOnly", event.readOnly());
    writeResources(json, event.resources());
    json.writeStringField("eventType", event.eventType().name());
    json.writeBooleanField("managementEvent", true);
    writeText(json, "recipientAccountId", event.recipientAccountId());
    writeDetails(json, event.serviceEventDetails());
    json.writeStringField("eventCategory", "Management");
    json.writeEndObject();
  }

  private static void writeText(JsonGenerator json, String name, Optional<String> text)
      throws IOException {
    if (text.isPresent()) {
      json.writeStringField(name, text.get());
    }
  }

  private static void writeError(JsonGenerator json, Optional<CallError> error) throws IOException {
    if (error.isPresent()) {
      json.writeStringField("errorCode", error.get().code());
      json.writeStringField("errorMessage", error.get().message());
    }
  }

  private static void writeElements(JsonGenerator json, String name, Optional<JsonNode> elements)
      throws IOException {
    json.writeFieldName(name);
    if (elements.isPresent() && Elements.mostSize(elements.get()) <= Elements.LARGEST) {
      MAPPER.writeTree(json, elements.get());
    } else {
      json.writeRawValue(elements.map(AuditJson::bounded).orElse("null"));
    }
  }

  /** Written before it is known how long it is, unless it is certain to be too long. */
  private static String bounded(JsonNode elements) {
    long least = Elements.leastSize(elements);
    String text = least > Elements.LARGEST ? "" : text(elements);
    long size = Math.max(least, text.length());
    return size > Elements.LARGEST ? text(Elements.omitted(size)) : text;
  }

  private static String text(Object value) {
    try {
      return new String(MAPPER.writeValueAsBytes(value), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException("what is in memory can be written", e);
    }
  }

  private static void writeResources(JsonGenerator json, List<AuditResource> resources)
      throws IOException {
    if (resources.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("resources");
    for (AuditResource resource : resources) {
      json.writeStartObject();
      json.writeStringField("ARN", resource.arn());
      json.writeStringField("accountId", resource.accountId());
      json.writeStringField("type", resource.type());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeDetails(JsonGenerator json, Optional<ServiceEventDetails> details)
      throws IOException {
    if (details.isPresent()) {
      json.writeFieldName("serviceEventDetails");
      json.writeRawValue(text(details.get()));
    }
  }
}
