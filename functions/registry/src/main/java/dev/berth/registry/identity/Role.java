package dev.berth.registry.identity;

import java.time.Instant;

/**
 * A role of an account.
 *
 * @param path begins and ends with {@code /}
 * @param id unique, never used again: {@code AROA} and 17 characters
 * @param description may be empty
 */
public record Role(
    String account, String path, String name, String id, String description, Instant createdAt) {

  public String arn() {
    return "arn:aws:iam::" + account + ":role" + path + name;
  }
}
