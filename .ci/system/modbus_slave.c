/* A slave of the system test on libmodbus: modbus_slave PORT UNIT METER
 * METER "pzem": ten input registers and three holding registers as a PZEM-016 has them. "sdm": an Eastron single-phase meter that ends at 0x4F, so that what lies
 * beyond is refused with exception 2. The power grows with every answer, so that readings differ. */
#include <errno.h>
#include <modbus/modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void word_pair(uint16_t *at, unsigned long value) { /* low word first */
    at[0] = value & 0xFFFF;
    at[1] = value >> 16;
}

static void real(uint16_t *at, float value) { /* high word first, whatever this libmodbus calls that */
    unsigned int bits;
    memcpy(&bits, &value, sizeof bits);
    at[0] = bits >> 16;
    at[1] = bits & 0xFFFF;
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    int pzem = strcmp(argv[3], "pzem") == 0;
    modbus_t *bus = modbus_new_rtu(argv[1], 9600, 'N', 8, 1);
    if (bus == NULL || modbus_set_slave(bus, atoi(argv[2])) != 0) return 3;
    modbus_mapping_t *map = modbus_mapping_new(0, 0, pzem ? 3 : 0, pzem ? 10 : 0x50);
    if (map == NULL) return 4;
    if (modbus_connect(bus) != 0) {
        perror(argv[1]);
        return 5;
    }
    uint16_t *in = map->tab_input_registers;
    unsigned char query[MODBUS_RTU_MAX_ADU_LENGTH];
    for (unsigned long answers = 0;;) {
        if (pzem) {
            in[0] = 2257;
            word_pair(in + 1, 108);
            word_pair(in + 3, 100000 + answers);
            word_pair(in + 5, 70000);
            in[7] = 500;
            in[8] = 100;
            in[9] = 0;
        } else {
            real(in + 0x00, 230.2f);
            real(in + 0x0C, -(float)answers);
            real(in + 0x46, 49.98f);
            real(in + 0x48, 1.5f);
        }
        int length = modbus_receive(bus, query);
        if (length > 0 && modbus_reply(bus, query, length, map) > 0) answers++;
        if (length < 0 && errno != EMBBADCRC && errno != ETIMEDOUT && errno != EMBBADDATA) modbus_flush(bus);
        fflush(stdout);
    }
}
