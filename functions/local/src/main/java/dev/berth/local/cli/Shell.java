package dev.berth.local.cli;

/** What is written for a shell to read. */
final class Shell {

  private Shell() {}

  /** In single quotes, in which a shell takes every character but one as it is. */
  static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
