package dev.berth.lambda.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A function that an event or a schedule starts. Where it throws, it is given the event again; an
 * event may come twice and in any order.
 */
public final class EventFunction implements RequestStreamHandler {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Work work;

  /** What is to be done for an event. */
  @FunctionalInterface
  public interface Work {

    /**
     * @param event in the envelope of EventBridge, as far as anybody may send it: not checked
     */
    void handle(JsonNode event);
  }

  public EventFunction(Work work) {
    this.work = work;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    work.handle(BusEvent.told(MAPPER.readTree(in)));
  }
}
