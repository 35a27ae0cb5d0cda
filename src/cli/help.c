/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What derives from the tables of commands and options: --help, the option
 * lists of the manual pages, the completions of bash and zsh. */
#include <config.h>

#include "src/cli/help.h"

#include <string.h>

enum { HELP_INDENT = 26, HELP_WIDTH = 79 };

/* TEXT wrapped between columns HELP_INDENT and HELP_WIDTH, the cursor being at
 * COLUMN. */
static void print_wrapped(FILE *stream, const char *text, int column)
{
    while (*text) {
        int length = (int)strcspn(text, " ");

        if (column > HELP_INDENT && column + 1 + length > HELP_WIDTH)
            column = HELP_WIDTH;
        if (column >= HELP_WIDTH) {
            fputc('\n', stream);
            column = 0;
        }
        if (column < HELP_INDENT) {
            fprintf(stream, "%*s", HELP_INDENT - column, "");
            column = HELP_INDENT;
        } else if (column > HELP_INDENT) {
            fputc(' ', stream);
            column++;
        }
        fwrite(text, 1, (size_t)length, stream);
        column += length;
        text += length;
        text += *text == ' ';
    }
    fputc('\n', stream);
}

static void print_option(FILE *stream, const struct option_row *row)
{
    int column = row->letter ? fprintf(stream, "  -%c, ", row->letter)
                             : fprintf(stream, "      ");

    column += fprintf(stream, "--%s", row->name);
    if (row->argument)
        column += fprintf(stream, "=%s", row->argument);
    if (column >= HELP_INDENT) {
        fputc('\n', stream);
        column = 0;
    }
    print_wrapped(stream, row->help, column);
}

void help_command(FILE *stream, enum command_id command)
{
    const struct command *row_of = &commands_table()[command];
    const struct option_row *row;

    fprintf(stream, "Usage: pilcrow %s [OPTION]...%s%s\n%s.\n\n", row_of->name,
            *row_of->arguments ? " " : "", row_of->arguments, row_of->summary);
    for (row = options_table(); row->name; row++)
        if (option_belongs(row, command))
            print_option(stream, row);
    fprintf(stream, "\nThe manual: man pilcrow-%s%s\n", row_of->name,
            command == COMMAND_SEARCH || command == COMMAND_COUNT ||
                    command == COMMAND_BATCH
                ? ", man 7 pilcrow-query"
                : "");
}

void help_program(FILE *stream)
{
    const struct command *commands = commands_table();
    unsigned id;

    fputs("Usage: pilcrow COMMAND [OPTION]... [ARGUMENT]...\n"
          "Search documents by the paragraph.\n\n",
          stream);
    for (id = 0; id < N_COMMANDS; id++)
        fprintf(stream, "  %-8s %s\n", commands[id].name, commands[id].summary);
    fputs("\nFor example:\n"
          "  pilcrow index ~/resolutions\n"
          "  pilcrow search '\"extrabudgetary resources\"'\n"
          "  pilcrow search technical assistance AND terrorism\n"
          "\n'pilcrow COMMAND --help' lists the options of a command. Exit "
          "status: 0 found or\ndone, 1 nothing found, 2 usage or query, 3 no "
          "index, 4 locked, 5 corrupt,\n6 other schema, 7 input or output.\n"
          "The manual: man pilcrow\n",
          stream);
}

/* TEXT with what roff would read as its own escaped. */
static void print_roff(FILE *stream, const char *text)
{
    for (; *text; text++) {
        if (*text == '-' || *text == '\\')
            fputc('\\', stream);
        if (*text == '\'')
            fputs("\\(aq", stream);
        else
            fputc(*text, stream);
    }
}

void help_manual(FILE *stream, enum command_id command)
{
    const struct option_row *row;

    for (row = options_table(); row->name; row++) {
        if (!option_belongs(row, command))
            continue;
        fputs(".TP\n", stream);
        if (row->letter)
            fprintf(stream, "\\fB\\-%c\\fR, ", row->letter);
        fputs("\\fB\\-\\-", stream);
        print_roff(stream, row->name);
        if (row->argument)
            fprintf(stream, "\\fR=\\fI%s", row->argument);
        fputs("\\fR\n", stream);
        print_roff(stream, row->help);
        fputc('\n', stream);
    }
}

/* The options of COMMAND as words. */
static void print_options(FILE *stream, enum command_id command)
{
    const struct option_row *row;

    for (row = options_table(); row->name; row++)
        if (option_belongs(row, command))
            fprintf(stream, " --%s%s", row->name, row->argument ? "=" : "");
}

/* The choices of ROW, in the commands that it belongs to. */
static void print_bash_choices(FILE *stream, const struct option_row *row)
{
    const char *separator = "    ";
    unsigned id;

    for (id = 0; id < N_COMMANDS; id++)
        if (option_belongs(row, (enum command_id)id)) {
            fprintf(stream, "%s%s--%s", separator, commands_table()[id].name,
                    row->name);
            separator = " | ";
            if (row->letter)
                fprintf(stream, " | %s-%c", commands_table()[id].name,
                        row->letter);
        }
    fprintf(stream, ") COMPREPLY=($(compgen -W '%s' -- \"$cur\")); return ;;\n",
            row->choices);
}

void completion_bash(FILE *stream)
{
    const struct option_row *row;
    const struct command *commands = commands_table();
    unsigned id;

    fputs("# bash completion for pilcrow; made from its table of options\n"
          "_pilcrow()\n{\n"
          "    local cur=${COMP_WORDS[COMP_CWORD]} options=\n"
          "    local prev=${COMP_WORDS[COMP_CWORD-1]}\n"
          "    if [[ $cur == = ]]; then\n        cur=\n"
          "    elif [[ $prev == = ]]; then\n"
          "        prev=${COMP_WORDS[COMP_CWORD-2]}\n    fi\n"
          "    case ${COMP_WORDS[1]}$prev in\n",
          stream);
    for (row = options_table(); row->name; row++)
        if (row->choices)
            print_bash_choices(stream, row);
    fputs("    esac\n    if ((COMP_CWORD == 1)); then\n"
          "        COMPREPLY=($(compgen -W '",
          stream);
    for (id = 0; id < N_COMMANDS; id++)
        fprintf(stream, "%s%s", id ? " " : "", commands[id].name);
    fputs("' -- \"$cur\"))\n        return\n    fi\n"
          "    case ${COMP_WORDS[1]} in\n",
          stream);
    for (id = 0; id < N_COMMANDS; id++) {
        fprintf(stream, "    %s) options='", commands[id].name);
        print_options(stream, (enum command_id)id);
        fputs("' ;;\n", stream);
    }
    fputs("    esac\n    if [[ $cur == -* ]]; then\n"
          "        COMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
          "        [[ ${COMPREPLY-} == *= ]] && compopt -o nospace\n"
          "    else\n        compopt -o filenames\n"
          "        COMPREPLY=($(compgen -f -- \"$cur\"))\n    fi\n}\n"
          "complete -F _pilcrow pilcrow\n",
          stream);
}

/* TEXT without what would end a quoted zsh description. */
static void print_zsh(FILE *stream, const char *text)
{
    for (; *text && *text != '.' && *text != ';' && *text != ':'; text++)
        if (!strchr("'[]\\", *text))
            fputc(*text, stream);
}

/* What an option is followed by. */
static void print_zsh_argument(FILE *stream, const struct option_row *row)
{
    fputc('[', stream);
    print_zsh(stream, row->help);
    fputc(']', stream);
    if (row->choices)
        fprintf(stream, ":%s:(%s)", row->argument, row->choices);
    else if (row->argument &&
             (row->kind == OPTION_LIST || strcmp(row->argument, "FILE") == 0))
        fprintf(stream, ":%s:_files", row->argument);
    else if (row->argument)
        fprintf(stream, ":%s: ", row->argument);
    fputs("' \\\n", stream);
}

static void print_zsh_option(FILE *stream, const struct option_row *row)
{
    const char *again = row->kind == OPTION_LIST ? "*" : "";

    if (row->letter) {
        fprintf(stream, "            '%s-%c%s", again, row->letter,
                row->argument ? "+" : "");
        print_zsh_argument(stream, row);
    }
    fprintf(stream, "            '%s--%s%s", again, row->name,
            row->argument ? "=" : "");
    print_zsh_argument(stream, row);
}

void completion_zsh(FILE *stream)
{
    const struct command *commands = commands_table();
    unsigned id;
    const struct option_row *row;

    fputs("#compdef pilcrow\n"
          "# zsh completion for pilcrow; made from its table of options\n"
          "if ((CURRENT == 2)); then\n    local -a commands=(\n",
          stream);
    for (id = 0; id < N_COMMANDS; id++) {
        fprintf(stream, "        '%s:", commands[id].name);
        print_zsh(stream, commands[id].summary);
        fputs("'\n", stream);
    }
    fputs("    )\n    _describe command commands\n    return\nfi\n"
          "shift words\n((CURRENT--))\ncase $words[1] in\n",
          stream);
    for (id = 0; id < N_COMMANDS; id++) {
        fprintf(stream, "    %s)\n        _arguments -s \\\n",
                commands[id].name);
        for (row = options_table(); row->name; row++)
            if (option_belongs(row, (enum command_id)id))
                print_zsh_option(stream, row);
        fputs("            '*:argument:_files' ;;\n", stream);
    }
    fputs("esac\n", stream);
}
